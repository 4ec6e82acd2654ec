/** GET /v3/merchant-service/complaints-v2 (查询投诉单列表): an endpoint that no operation of ours has. */
import { ok, type Answer, type Call } from '../call.cts';
import { checkNoBody, optional, readQuery, text } from '../rules/fields.cts';
import { chinaTime } from '../rules/times.cts';

const DAY = text(10, 10, /^\d{4}-\d\d-\d\d$/);
const NUMBER = optional(text(1, 5, /^\d+$/));
const QUERY = { begin_date: DAY, end_date: DAY, limit: NUMBER, offset: NUMBER };

/** A complaint of a payer, at a time in Unix seconds. */
export interface Complaint {
	complaint_id: string;
	time: number;
	complaint_detail: string;
}

export function listComplaints(call: Call): Answer {
	checkNoBody(call.request);
	const {
		begin_date: begin,
		end_date: end,
		limit = '10',
		offset = '0',
	} = readQuery(call.request.url, QUERY) as Record<string, string>;
	const found = call.state.complaints
		.map(({ time, ...complaint }) => ({ ...complaint, complaint_time: chinaTime(time) }))
		.filter(({ complaint_time: time }) => begin <= time.slice(0, 10) && time.slice(0, 10) <= end);
	const from = Number(offset);
	return ok({
		data: found.slice(from, from + Number(limit)),
		limit: Number(limit),
		offset: from,
		total_count: found.length,
	});
}
