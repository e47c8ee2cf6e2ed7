import { type ChildProcess, spawn } from "node:child_process";

export interface RunOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Every line of output, also those that a carriage return ends. */
	onLine?: (line: string) => void;
	/** Ends the process where it takes longer. */
	timeoutMs?: number;
}

export interface Finished {
	/** Null where a signal ended it. */
	code: number | null;
	signal: NodeJS.Signals | null;
	/** Both streams, in the order in which they came. */
	output: string;
}

const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a program without a shell and without input. Rejects only where it cannot be started. */
export function runProcess(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env ?? process.env,
		stdio: ["ignore", "pipe", "pipe"],
		windowsHide: true,
	});
	// Not spawn's own timeout: after a failed start it would keep this process alive for as long.
	const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), options.timeoutMs);
	const leave = endWithUs(child);
	const release = () => {
		clearTimeout(timer);
		leave();
	};
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		let rest = "";
		stream.setEncoding("utf8").on("data", (chunk: string) => {
			output += chunk;
			const lines = (rest + chunk).split(/\r\n|\r|\n/);
			rest = lines.pop() ?? "";
			for (const line of lines) options.onLine?.(line);
		});
		stream.on("end", () => {
			if (rest !== "") options.onLine?.(rest);
		});
	}
	return new Promise((resolve, reject) => {
		child.on("error", (error) => {
			release();
			reject(error);
		});
		child.on("close", (code, signal) => {
			release();
			resolve({ code, signal, output });
		});
	});
}

/** A build that is ended must not leave its compiler running. */
function endWithUs(child: ChildProcess): () => void {
	const onExit = () => void child.kill();
	const onSignal = (signal: NodeJS.Signals) => {
		child.kill();
		release();
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	};
	const release = () => {
		process.off("exit", onExit);
		for (const signal of ENDING_SIGNALS) process.off(signal, onSignal);
	};
	process.on("exit", onExit);
	for (const signal of ENDING_SIGNALS) process.on(signal, onSignal);
	return release;
}
