const LOOK_EVERY_MS = 5_000;
/** Between two steps where there is much to do: most of the time is for everybody else. */
const PAUSE_MS = 50;

/**
 * Tidies up in small steps for as long as there is something to do, and looks again every few seconds.
 * @param step resolves to false where it found nothing to do
 * @returns what ends it
 */
export function keepSweeping(step: () => Promise<boolean>, onError: (error: unknown) => void): () => void {
	let timer: NodeJS.Timeout | undefined;
	let ended = false;

	async function turn(): Promise<void> {
		let more = false;
		try {
			more = await step();
		} catch (error) {
			if (!ended) onError(error);
		}
		if (!ended) wait(more ? PAUSE_MS : LOOK_EVERY_MS);
	}

	function wait(milliseconds: number): void {
		timer = setTimeout(() => void turn(), milliseconds).unref();
	}

	wait(LOOK_EVERY_MS);
	return () => {
		ended = true;
		clearTimeout(timer);
	};
}
