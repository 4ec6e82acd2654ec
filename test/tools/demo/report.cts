/** What the demo prints. */
import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';

import type { FakeWechatPay } from '../../support/fake/server.cts';
import type { Night } from './nightly.cts';

const plain = { style: { head: [], border: [] }, wordWrap: true };
const withoutRules = { chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' } };

/** @returns the two tables and the tally, as text */
export function report(night: Night, wechatPay: FakeWechatPay): string {
	const success = night.execution.json('Commit Bonus', 0);
	const failed = night.execution.json('Commit Bonus', 1);
	return [
		`\nSuccess: ${success.length} orders`,
		successTable(success),
		`\nError: ${failed.length} orders`,
		errorTable(failed),
		`\n${tally(success, failed, wechatPay)}`,
	].join('\n');
}

function successTable(items: IDataObject[]): string {
	const table = new Table({
		...plain,
		...withoutRules,
		head: ['Order', 'Member card', 'Points', 'Request-ID'],
	});
	table.push(
		...items.map((item) =>
			['out_trade_no', 'code', 'bonus_value', 'request_id'].map((key) => String(item[key] ?? '')),
		),
	);
	return table.toString();
}

function errorTable(items: IDataObject[]): string {
	const head = ['Order', 'Outcome', 'Code', 'What happened, and what to do'];
	const table = new Table({ ...plain, head, colWidths: [37, 10, 18, 78] });
	table.push(
		...items.map(({ order_no, error }) => {
			const { outcome, code, message } = error as IDataObject;
			return [order_no, outcome, code ?? '', message].map(String);
		}),
	);
	return table.toString();
}

/** The node's outcomes beside WeChat Pay's own records; the two have to agree. */
function tally(success: IDataObject[], failed: IDataObject[], wechatPay: FakeWechatPay): string {
	const count = (outcome: string) => failed.filter((item) => outcomeOf(item) === outcome).length;
	const unknown = failed.filter((item) => outcomeOf(item) === 'unknown');
	const happened = unknown.filter(
		({ order_no }) => committedValue(wechatPay, order_no) !== undefined,
	);
	const table = new Table({ ...plain, head: ['', 'The node says', 'WeChat Pay holds'] });
	table.push(
		['committed', success.length, `${committedCount(wechatPay) - happened.length} of them`],
		['refused', count('refused'), 'nothing'],
		[
			'unknown',
			unknown.length,
			`${happened.length} committed, ${unknown.length - happened.length} not`,
		],
		['not sent', count('not_sent'), 'nothing'],
	);
	const verdict = agrees(success, failed, wechatPay)
		? 'They agree, order by order and value by value.'
		: 'They do NOT agree.';
	return `${table.toString()}\n${verdict}`;
}

/** Whether every outcome is true: Success is committed with that value; refused and not sent are not committed. */
export function agrees(
	success: IDataObject[],
	failed: IDataObject[],
	wechatPay: FakeWechatPay,
): boolean {
	const isTrue = success.every(
		(item) => committedValue(wechatPay, item.out_trade_no) === item.bonus_value,
	);
	const isFalse = failed
		.filter((item) => outcomeOf(item) !== 'unknown')
		.every(({ order_no }) => committedValue(wechatPay, order_no) === undefined);
	return isTrue && isFalse;
}

function outcomeOf({ error }: IDataObject): string {
	return (error as { outcome: string }).outcome;
}

function committedValue(wechatPay: FakeWechatPay, order: unknown): number | undefined {
	return wechatPay.bonus(String(order))?.committed;
}

function committedCount(wechatPay: FakeWechatPay): number {
	return wechatPay.bonuses.filter(({ committed }) => committed !== undefined).length;
}
