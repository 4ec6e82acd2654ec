/** Time that passes for what is on record. */
import type { State } from '../state.cts';

const DAY_SECONDS = 24 * 3600;

/** Makes orders, refunds and transfers so many days older. */
export function letDaysPass({ orders, refunds, transfers }: State, days: number): void {
	for (const order of orders.values()) {
		makeOlder(order, ['success_time', 'expires_at'], days);
	}
	for (const refund of refunds) makeOlder(refund, ['created_at', 'settled_at'], days);
	for (const transfer of transfers) makeOlder(transfer, ['created_at', 'updated_at'], days);
}

function makeOlder<Name extends string>(
	record: Partial<Record<Name, number>>,
	names: Name[],
	days: number,
): void {
	for (const name of names) {
		const time = record[name];
		if (time !== undefined) record[name] = time - days * DAY_SECONDS;
	}
}
