import { Backend } from "./backend";

const FIRST_PAUSE_SECONDS = 2;
const MAX_PAUSE_SECONDS = 60;
const MAX_ATTEMPTS = 12;

/**
 * Revokes unwanted keys in the background. If the backend stays unreachable, it revokes an unconfirmed key itself once
 * the deadline for confirming it has passed.
 */
export function createRevocations() {
	let stopped = false;
	const started = new Set<string>();
	return {
		revoke: (backend: Backend, key: string) => {
			if (started.has(key)) return;
			started.add(key);
			task.spawn(() => {
				let pause = FIRST_PAUSE_SECONDS;
				for (let attempts = 0; attempts < MAX_ATTEMPTS && !stopped; attempts++) {
					const outcome = backend.revoke(key);
					if (outcome.ok) return;
					const { failure } = outcome;
					const asked = failure.kind === "overloaded" ? (failure.retryAfterSeconds ?? 0) : 0;
					task.wait(math.max(pause, asked));
					pause = math.min(pause * 2, MAX_PAUSE_SECONDS);
				}
			});
		},
		stop: () => {
			stopped = true;
		},
	};
}
