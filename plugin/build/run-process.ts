import { type ChildProcess, spawn } from "node:child_process";

export interface RunOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Called for every line of output, including lines that end with a carriage return. */
	onLine?: (line: string) => void;
	/** Kills the process after this time. */
	timeoutMs?: number;
}

export interface Finished {
	/** Null if it was killed by a signal. */
	code: number | null;
	signal: NodeJS.Signals | null;
	/** stdout and stderr, interleaved. */
	output: string;
}

const TERMINATION_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a program without a shell or stdin. Rejects only if it cannot be started. */
export function runProcess(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env ?? process.env,
		stdio: ["ignore", "pipe", "pipe"],
		windowsHide: true,
	});
	// Not spawn's own timeout: after a failed start it would keep this process alive.
	const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), options.timeoutMs);
	const stopWatching = killOnExit(child);
	const release = () => {
		clearTimeout(timer);
		stopWatching();
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

/** Kills the child when this process ends. Returns a function that undoes this. */
function killOnExit(child: ChildProcess): () => void {
	const onExit = () => void child.kill();
	const onSignal = (signal: NodeJS.Signals) => {
		child.kill();
		release();
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	};
	const release = () => {
		process.off("exit", onExit);
		for (const signal of TERMINATION_SIGNALS) process.off(signal, onSignal);
	};
	process.on("exit", onExit);
	for (const signal of TERMINATION_SIGNALS) process.on(signal, onSignal);
	return release;
}
