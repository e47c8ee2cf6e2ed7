const PARENT_CHECK_INTERVAL_MS = 500;

/** Returns a function that calls `close` the first time only. Signals call it, too. */
export function closeOnSignal(close: () => void): () => void {
	let isClosing = false;
	const closeOnce = (): void => {
		if (!isClosing) close();
		isClosing = true;
	};
	// SIGHUP: the terminal was closed.
	for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, closeOnce);
	return closeOnce;
}

/** Under npm: the shell between npm and this process may die of a signal without passing it on. */
export function closeWhenOrphaned(close: () => void): void {
	if (process.env["npm_lifecycle_event"] === undefined) return;
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) close();
	}, PARENT_CHECK_INTERVAL_MS).unref();
}
