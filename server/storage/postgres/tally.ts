import type { Metric } from "../storage.ts";

/** What has happened since the start, in this process. */
export interface Tally {
	checks: number;
	failedChecks: number;
	/** Of those that did not fail, together. */
	checkMs: number;
	/** When the last one was answered, as `performance.now()` has it. */
	checkedAt: number;
	/** Transactions that were run again. */
	retries: number;
	unknownOutcomes: number;
}

export function createTally(): Tally {
	return { checks: 0, failedChecks: 0, checkMs: 0, checkedAt: 0, retries: 0, unknownOutcomes: 0 };
}

export interface Gauges {
	isConnected: () => boolean;
	/** How often a connection was opened again. */
	reopened: () => number;
	/** Writes that have not begun. */
	waiting: () => number;
	/** Whether this server's withdrawals.jsonl has all withdrawals, and the database all of that. */
	isKeeping: () => boolean;
}

/** For `/metrics`; docs/postgres.md says what they are good for. */
export function metricsOf(tally: Tally, { isConnected, reopened, waiting, isKeeping }: Gauges): Metric[] {
	const gauge = (combine: NonNullable<Metric["combine"]>, name: string, help: string, read: () => number): Metric => ({
		kind: "gauge",
		name,
		help,
		read,
		combine,
	});
	const counter = (name: string, help: string, read: () => number): Metric => ({ kind: "counter", name, help, read });
	return [
		gauge("min", "database_connected", "1 while this server can ask PostgreSQL.", () => Number(isConnected())),
		counter("database_reconnects_total", "Connections to PostgreSQL that were lost and opened again.", reopened),
		counter("database_checks_total", "Looks at the database that requests with a key share.", () => tally.checks),
		counter("database_check_seconds_total", "How long they took, together.", () => tally.checkMs / 1000),
		counter(
			"database_checks_failed_total",
			"Such looks that failed: their requests got 503.",
			() => tally.failedChecks,
		),
		gauge(
			"max",
			"database_last_check_timestamp_seconds",
			"When PostgreSQL last answered such a look, in seconds since 1970.",
			() => (performance.timeOrigin + tally.checkedAt) / 1000,
		),
		gauge("sum", "database_writes_waiting", "Changes that wait for others in this process.", waiting),
		counter("database_retries_total", "Transactions that were run again.", () => tally.retries),
		counter("outcomes_unknown_total", "Changes that were answered by outcome_unknown.", () => tally.unknownOutcomes),
		gauge("min", "withdrawals_kept", "0 while withdrawals.jsonl and the database disagree: see the log.", () =>
			Number(isKeeping()),
		),
	];
}
