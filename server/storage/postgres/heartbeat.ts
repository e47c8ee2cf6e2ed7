const TICK_MS = 500;
/** So long, and an idle connection is asked for a sign of life. */
const IDLE_TICKS = 2;

export interface HeartbeatOptions {
	/** An answer that takes longer does not come any more. */
	silentMs: number;
	/** Asks an idle connection for any answer. */
	ping: () => void;
	onSilent: () => void;
}

/**
 * Notices that the other end of a connection is gone, of which TCP tells after minutes only. It counts ticks and not the
 * time: a process that was stopped for a while first reads what came meanwhile.
 */
export function startHeartbeat({ silentMs, ping, onSilent }: HeartbeatOptions) {
	let unanswered = 0;
	let ticks = 0;
	const timer = setInterval(() => {
		ticks += 1;
		if (unanswered === 0 && ticks >= IDLE_TICKS) ping();
		else if (unanswered > 0 && ticks * TICK_MS >= silentMs) onSilent();
	}, TICK_MS).unref();

	return {
		sent(): void {
			if (unanswered === 0) ticks = 0;
			unanswered += 1;
		},
		answered(): void {
			unanswered -= 1;
			ticks = 0;
		},
		stop: () => clearInterval(timer),
	};
}
