import type { Family, Snapshot } from "../http/snapshot.ts";

export interface PrimaryFigures {
	workers: number;
	/** Of those. */
	answered: number;
	replaced: number;
	droppedLines: number;
}

const COUNTER = { type: "counter", combine: "sum" } as const;

/** What the primary process adds to the metrics of its workers. */
export function primaryMetrics({ workers, answered, replaced, droppedLines }: PrimaryFigures): Snapshot {
	const gauge = (name: string, help: string, value: number): Family => {
		return { name, help, type: "gauge", combine: "max", series: [["", value]] };
	};
	return [
		{ name: "log_lines_dropped_total", ...COUNTER, series: [["", droppedLines]] },
		{
			name: "process_start_time_seconds",
			type: "gauge",
			combine: "min",
			series: [["", performance.timeOrigin / 1000]],
		},
		{
			name: "process_resident_memory_bytes",
			type: "gauge",
			combine: "sum",
			series: [["", process.memoryUsage.rss()]],
		},
		gauge("workers", "Processes that serve the port: WEB_CONCURRENCY.", workers),
		gauge("workers_answered", "Processes whose present figures these are; of others, the last known totals.", answered),
		{
			name: "workers_replaced_total",
			help: "Processes that ended by themselves.",
			...COUNTER,
			series: [["", replaced]],
		},
	];
}
