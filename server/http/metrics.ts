import fp from "fastify-plugin";

import type { Combine, Family, Snapshot } from "./snapshot.ts";

declare module "fastify" {
	interface FastifyInstance {
		metrics: Metrics;
	}
}

export type Labels = Record<string, string>;

export interface Counter {
	value: number;
}

export interface Metrics {
	/** Adds one. If it happens thousands of times a second, keep the `counter` and increment its value. */
	count(name: string, labels?: Labels): void;
	/** The counter for a name and labels. Label values must come from a small set. */
	counter(name: string, labels?: Labels): Counter;
	/** A counter that is kept elsewhere and read for each scrape. */
	total(name: string, read: () => number): void;
	/** A number that is read for each scrape. `combine`: with those of other processes. Default: the greatest counts. */
	gauge(name: string, read: () => number, combine?: Combine): void;
	/** One line of help for `name`. */
	describe(name: string, help: string): void;
	/** All metrics as they are now. */
	snapshot(): Snapshot;
}

const COUNTER = { type: "counter", combine: "sum" } as const;

export function createMetrics(): Metrics {
	const families = new Map<string, Map<string, Counter>>();
	const totals = new Map<string, () => number>();
	const gauges = new Map<string, { read: () => number; combine: Combine }>();
	const helps = new Map<string, string>();

	function counter(name: string, labels?: Labels): Counter {
		const family = families.get(name) ?? new Map<string, Counter>();
		families.set(name, family);
		const series = labels === undefined ? "" : formatLabels(labels);
		const known = family.get(series) ?? { value: 0 };
		family.set(series, known);
		return known;
	}

	function family(name: string, kind: Pick<Family, "type" | "combine">, series: [string, number][]): Family {
		const help = helps.get(name);
		const known = series.map(([labels, value]): [string, number | null] => [
			labels,
			Number.isNaN(value) ? null : value,
		]);
		return { name, ...(help !== undefined && { help }), ...kind, series: known };
	}

	return {
		counter,
		count: (name, labels) => void (counter(name, labels).value += 1),
		total: (name, read) => void totals.set(name, read),
		gauge: (name, read, combine = "max") => void gauges.set(name, { read, combine }),
		describe: (name, help) => void helps.set(name, help),
		snapshot: () => [
			...[...families].map(([name, counters]) =>
				family(
					name,
					COUNTER,
					[...counters].map(([labels, { value }]): [string, number] => [labels, value]),
				),
			),
			...[...totals].map(([name, read]) => family(name, COUNTER, [["", read()]])),
			...[...gauges].map(([name, { read, combine }]) => family(name, { type: "gauge", combine }, [["", read()]])),
		],
	};
}

function formatLabels(labels: Labels): string {
	const escaped = (value: string) => value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n");
	return `{${Object.entries(labels)
		.map(([name, value]) => `${name}="${escaped(value)}"`)
		.join(",")}}`;
}

export interface MetricsOptions {
	/** Lines of the log that this process could not write. */
	droppedLines: () => number;
}

export const metrics = fp<MetricsOptions>(
	async (app, { droppedLines }) => {
		const registry = createMetrics();
		registry.describe("process_start_time_seconds", "When this process started, in seconds since 1970.");
		registry.gauge("process_start_time_seconds", () => performance.timeOrigin / 1000, "min");
		registry.describe("process_resident_memory_bytes", "Resident memory of this process.");
		registry.gauge("process_resident_memory_bytes", () => process.memoryUsage.rss(), "sum");
		registry.describe("log_lines_dropped_total", "Lines that could not be written to standard output or error.");
		registry.total("log_lines_dropped_total", droppedLines);
		registry.describe("http_answers_total", "Responses by method, route and status, without those to games.");
		app.decorate("metrics", registry);
		app.addHook("onRoute", (route) => {
			if (route.url.startsWith("/v1/")) return;
			const count = async (request: { method: string }, reply: { statusCode: number }) =>
				registry.count("http_answers_total", {
					method: request.method,
					route: route.url,
					status: String(reply.statusCode),
				});
			route.onResponse = [...[route.onResponse ?? []].flat(), count];
		});
	},
	{ name: "metrics" },
);
