/** Rejects with what `late` returns if the promise takes longer. */
export async function withinTime<T>(promise: Promise<T>, timeoutMs: number, late: () => Error): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(late()), timeoutMs);
	});
	try {
		return await Promise.race([promise, timeout]);
	} finally {
		clearTimeout(timer);
	}
}
