/**
 * Yields until `wake` is called, and returns its argument. Only the first call counts; `arm` may make it synchronously.
 */
export function sleep<T>(arm: (wake: (value?: T) => void) => void): T | undefined {
	const thread = coroutine.running();
	let woken = false;
	let asleep = false;
	let result: T | undefined;
	arm((value) => {
		if (woken) return;
		woken = true;
		result = value;
		if (asleep) task.spawn(thread);
	});
	if (!woken) {
		asleep = true;
		coroutine.yield();
	}
	return result;
}
