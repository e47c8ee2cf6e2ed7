/** Progress output: a `line` stays on the screen, a `status` is replaced by the next one. */
export interface Reporter {
	line: (text: string) => void;
	status: (text: string) => void;
}

const STATUS_INTERVAL_MS = 4_000;

/** For logs and pipes: throttles statuses and writes them as lines. */
export function lineReporter(log: (line: string) => void): Reporter {
	let lastStatusAt = -Infinity;
	return {
		line: log,
		status: (text) => {
			const now = performance.now();
			if (now - lastStatusAt < STATUS_INTERVAL_MS) return;
			lastStatusAt = now;
			log(text);
		},
	};
}

/** For terminals. Uses stderr, since stdout is for results. */
export function screenReporter(stream: NodeJS.WriteStream = process.stderr): Reporter {
	if (!stream.isTTY) return lineReporter((line) => void stream.write(`${line}\n`));
	const clear = "\r\u001b[2K";
	let showsStatus = false;
	return {
		line: (text) => {
			stream.write(`${showsStatus ? clear : ""}${text}\n`);
			showsStatus = false;
		},
		status: (text) => {
			stream.write(`${clear}${text.slice(0, Math.max(20, stream.columns - 1))}`);
			showsStatus = true;
		},
	};
}

/** Formats a duration: `45 s`, `2 min 05 s`. */
export function elapsed(sinceMs: number): string {
	const seconds = Math.round((performance.now() - sinceMs) / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
