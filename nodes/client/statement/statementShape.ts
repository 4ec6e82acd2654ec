/** What a column of a statement becomes. */
export interface StatementColumn {
	/** WeChat Pay's name of the same thing in its APIs. */
	key: string;
	/**
	 * `amount`: yuan to fen; `time`: of China, with its offset; `count`: a number; `number`: text of which 0 is none;
	 * `goods`: text of the merchant, whose characters were escaped.
	 */
	kind: 'text' | 'number' | 'goods' | 'amount' | 'time' | 'count';
}

/** What the lines of a statement file become, by the texts of their headers: those of older files lead to the same keys. */
export interface StatementShape {
	columns: Record<string, StatementColumn>;
	summary: Record<string, StatementColumn>;
	/** Key in the summary of the number of details. */
	count: string;
	/** The header of the column whose text may hold a separator. */
	free?: string;
}
