import { Backend } from "./backend";

const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 60;
const TRIES = 12;

/**
 * Revokes, in the background, keys that must not stand. Where the server cannot be reached for long, the key dies by
 * itself: one that was never used is revoked by the server when its time to be confirmed is over.
 */
export function createRevocations() {
	let stopped = false;
	const given = new Set<string>();
	return {
		revoke: (backend: Backend, key: string) => {
			if (given.has(key)) return;
			given.add(key);
			task.spawn(() => {
				let pause = FIRST_PAUSE_SECONDS;
				for (let tries = 0; tries < TRIES && !stopped; tries++) {
					if (backend.revoke(key)) return;
					task.wait(pause);
					pause = math.min(pause * 2, LONGEST_PAUSE_SECONDS);
				}
			});
		},
		stop: () => {
			stopped = true;
		},
	};
}

export type Revocations = ReturnType<typeof createRevocations>;
