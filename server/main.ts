import { buildApp } from "./app.ts";
import { loadConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { StorageError } from "./errors/storage-error.ts";

/** How long requests under way may take to finish after SIGTERM. */
const CLOSING_PATIENCE_MS = 8_000;
const LOOK_FOR_PARENT_EVERY_MS = 500;

try {
	const config = loadConfig(process.env);
	const app = await buildApp(config);
	const close = once(() => {
		setTimeout(() => {
			console.log("Some requests were still under way; their connections are closed now.");
			app.server.closeAllConnections();
		}, CLOSING_PATIENCE_MS).unref();
		void app.close().then(() => process.exit(0));
	});
	process.on("SIGTERM", close);
	process.on("SIGINT", close);
	if (process.env["npm_lifecycle_event"] !== undefined) whenOrphaned(close);
	try {
		await app.listen({ port: config.port, host: config.host });
	} catch (error) {
		await app.close();
		throw error;
	}
	console.log(`Auxvyn is ready: open ${config.publicUrl}`);
} catch (error) {
	const line = explain(error);
	if (line === undefined) throw error;
	console.error(line);
	process.exit(1);
}

/** One line for what a maintainer can mend; undefined for a fault of ours, which deserves its stack. */
function explain(error: unknown): string | undefined {
	if (error instanceof ConfigError) return error.message;
	if (error instanceof StorageError && error.code === "unusable") return error.message;
	const { code, port } = error as { code?: string; port?: number };
	if (code === "EADDRINUSE") return `Port ${port} is in use: end what uses it, or start with another PORT.`;
	if (code === "EACCES") return `Port ${port} needs more rights: start with a PORT of 1024 or more.`;
	if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
		return "HOST is no address of this machine: set it to one, or leave it out.";
	return undefined;
}

/** A shell between npm and us may die of a signal without passing it on. */
function whenOrphaned(then: () => void): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) then();
	}, LOOK_FOR_PARENT_EVERY_MS).unref();
}

function once(work: () => void): () => void {
	let done = false;
	return () => {
		if (!done) work();
		done = true;
	};
}
