/** Shorter ones, such as an administrator's `pg_terminate_backend`, go unsaid. */
const SAY_AFTER_MS = 1_000;

export interface OutageLogOptions {
	warn: (text: string) => void;
	/** Why there is no connection, in a few words. */
	reason: () => string;
}

/** Says in the log, once for each outage, that PostgreSQL is away and why, and that it is back. */
export function createOutageLog({ warn, reason }: OutageLogOptions) {
	let lostAt = 0;
	let timer: NodeJS.Timeout | undefined;
	let hasSaid = false;

	function say(): void {
		hasSaid = true;
		warn(`PostgreSQL is away (${reason()}): until it is back, every request with a key gets 503.`);
	}

	return {
		lost(): void {
			if (timer !== undefined) return;
			lostAt = performance.now();
			timer = setTimeout(say, SAY_AFTER_MS).unref();
		},
		back(): void {
			clearTimeout(timer);
			timer = undefined;
			if (hasSaid) warn(`PostgreSQL is back, after ${Math.round((performance.now() - lostAt) / 1000)} s.`);
			hasSaid = false;
		},
		close: () => clearTimeout(timer),
	};
}
