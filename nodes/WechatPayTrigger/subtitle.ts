import { ALL_EVENTS, everydayEvents, otherEvents } from './events';

const labels = Object.fromEntries(
	[...everydayEvents, ...otherEvents].map(({ type, label }) => [type, label]),
);

/**
 * What stands below the name of the node: "All events", the one event's name, or "3 events". An expression, as the
 * editor has no other way; the commas also divide what an expression or 'Events by Name' gives as one text.
 */
export const subtitle = `={{ ((labels, chosen) => chosen.includes("${ALL_EVENTS}") ? "All events" : chosen.length === 1 ? labels[chosen[0].toUpperCase()] ?? chosen[0] : (chosen.length || "No") + " events")(${JSON.stringify(labels)}, [$parameter["events"], $parameter["moreEvents"], $parameter["otherEvents"]].join(",").split(",").map((event) => event.trim()).filter((event) => event)) }}`;
