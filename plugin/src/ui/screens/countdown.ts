import { cleanup, source } from "@rbxts/vide";

const TICK_SECONDS = 0.5;

/** Seconds until `endsAt` (`os.clock`), updated while the screen is mounted. */
export function countdown(endsAt: number): () => number {
	const left = source(endsAt - os.clock());
	let ticking = true;
	const tick = () => {
		if (!ticking) return;
		left(math.max(endsAt - os.clock(), 0));
		task.delay(TICK_SECONDS, tick);
	};
	task.delay(TICK_SECONDS, tick);
	cleanup(() => {
		ticking = false;
	});
	return left;
}
