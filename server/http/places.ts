import { createLanes, type Lanes } from "./lanes.ts";

type Start = () => void;

interface Crowd {
	working: number;
	waiting: Lanes<Start>;
}

/** Lets only so many work at once for each key, such as an account. Within a key, lanes take turns. */
export function createPlaces(atOnce: number) {
	const crowds = new Map<string, Crowd>();

	function leave(key: string, crowd: Crowd): void {
		const next = crowd.waiting.shift();
		if (next !== undefined) {
			next();
			return;
		}
		crowd.working -= 1;
		if (crowd.working === 0) crowds.delete(key);
	}

	return {
		/** Calls `start`, at once or when there is a place. The function returned gives up the place, or waiting for it. */
		enter(key: string, lane: string, start: Start): () => void {
			const crowd = crowds.get(key) ?? { working: 0, waiting: createLanes<Start>() };
			crowds.set(key, crowd);
			if (crowd.working < atOnce) {
				crowd.working += 1;
				start();
			} else crowd.waiting.push({ address: "", lane }, start);
			return once(() => {
				if (!crowd.waiting.remove({ address: "", lane }, start)) leave(key, crowd);
			});
		},
	};
}

function once(action: () => void): () => void {
	let isDone = false;
	return () => {
		if (!isDone) action();
		isDone = true;
	};
}
