/** Draws what the rate limiter sends and what is left for it, second by second, on a virtual clock. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Outcome, Scenario } from '../../support/limiterSimulation.cts';
import { simulate } from '../../support/limiterSimulation.cts';

interface Plot {
	name: string;
	title: string;
	scenario: Omit<Scenario, 'latency'>;
	/** Seconds. */
	duration: number;
	/** The top of the scale, requests per second. */
	top: number;
}

const FOLDER = join(__dirname, '../../../docs/images');

const PLOTS: Plot[] = [
	{
		name: 'alone',
		title: 'A limit of 100/s for this batch alone',
		scenario: { limit: () => 100, items: 9000 },
		duration: 60,
		top: 120,
	},
	{
		name: 'others',
		title: 'A limit of 100/s; other systems send 60/s from 20 s to 60 s',
		scenario: {
			limit: () => 100,
			others: (time) => (time >= 20 && time < 60 ? 60 : 0),
			items: 9000,
		},
		duration: 90,
		top: 120,
	},
	{
		name: 'changes',
		title: 'A limit that goes from 50/s to 10/s at 30 s, and back at 70 s',
		scenario: { limit: (time) => (time >= 30 && time < 70 ? 10 : 50), items: 5000 },
		duration: 110,
		top: 60,
	},
	{
		name: 'outages',
		title: 'A limit of 100/s, and nothing but 429 for 2 s every 20 s',
		scenario: {
			limit: () => 100,
			isBlackout: (time) => time > 5 && time % 20 < 2,
			items: 12_000,
		},
		duration: 90,
		top: 120,
	},
];

const WIDTH = 760;
const HEIGHT = 260;
const LEFT = 44;
const RIGHT = 12;
const TOP = 34;
const BOTTOM = 46;

type Point = [time: number, rate: number];

class Canvas {
	constructor(private readonly plot: Plot) {}

	x(time: number): number {
		return round(LEFT + ((WIDTH - LEFT - RIGHT) * time) / this.plot.duration);
	}

	y(rate: number): number {
		return round(HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * rate) / this.plot.top);
	}

	/** Each value lasts until the next one. */
	steps(points: Point[]): string {
		return points
			.map(([time, rate], index) =>
				index === 0 ? `M${this.x(time)} ${this.y(rate)}` : `H${this.x(time)}V${this.y(rate)}`,
			)
			.join('');
	}
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function left({ limit, others, isBlackout }: Plot['scenario'], time: number): number {
	return isBlackout?.(time) ? 0 : limit(time) - (others?.(time) ?? 0);
}

function gridOf({ duration, top }: Plot, canvas: Canvas): string[] {
	const lines: string[] = [];
	for (let rate = 0; rate <= top; rate += top / 6) {
		const y = canvas.y(rate);
		lines.push(`<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#ddd"/>`);
		lines.push(`<text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${rate}</text>`);
	}
	for (let time = 0; time <= duration; time += 10) {
		const x = canvas.x(time);
		lines.push(`<text x="${x}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${time} s</text>`);
	}
	return lines;
}

const LEGEND = [
	['#999', 'left for the batch, per second'],
	['#1565c0', 'accepted'],
	['#c62828', 'answered 429'],
];

function legend(): string[] {
	return LEGEND.map(([colour, text], index) => {
		const x = LEFT + index * 230;
		const y = HEIGHT - 10;
		return `<path d="M${x} ${y - 4}h18" stroke="${colour}" stroke-width="3"/><text x="${x + 24}" y="${y}">${text}</text>`;
	});
}

function draw(plot: Plot, { timeline }: Outcome): string {
	const canvas = new Canvas(plot);
	const room: Point[] = [];
	for (let tenth = 0; tenth <= plot.duration * 10; tenth += 1) {
		room.push([tenth / 10, left(plot.scenario, tenth / 10)]);
	}
	const seconds = timeline.slice(0, plot.duration);
	const curve = (count: (second: (typeof seconds)[number]) => number) =>
		canvas.steps([
			...seconds.map((second, time): Point => [time, Math.min(plot.top, count(second))]),
			[plot.duration, Math.min(plot.top, count(seconds[seconds.length - 1]))],
		]);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">`,
		`<title>${plot.title}</title>`,
		`<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
		`<text x="${LEFT}" y="20" font-size="14">${plot.title}</text>`,
		...gridOf(plot, canvas),
		`<path d="${canvas.steps(room)}" fill="none" stroke="#999" stroke-width="2" stroke-dasharray="5 4"/>`,
		`<path d="${curve(({ accepted }) => accepted)}" fill="none" stroke="#1565c0" stroke-width="2"/>`,
		`<path d="${curve(({ refused }) => refused)}" fill="none" stroke="#c62828" stroke-width="1.5"/>`,
		...legend(),
		'</svg>',
		'',
	].join('\n');
}

/** Writes the pictures of docs/rate-limiter.md. */
export async function drawPlots(): Promise<void> {
	for (const plot of PLOTS) {
		const outcome = await simulate({ ...plot.scenario, latency: 30, jitter: 100 });
		writeFileSync(join(FOLDER, `limiter-${plot.name}.svg`), draw(plot, outcome));
	}
}
