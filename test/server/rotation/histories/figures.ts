import type { WaitingCode } from "../../../../shared/wire.ts";
import type { History } from "./history.ts";

/** What was seen in histories. */
export interface Figures {
	histories: number;
	revoked: number;
	asked: number;
	cancelled: number;
	/** Moments at which a retirement was compared with the model. */
	compared: number;
	/** In how many histories nothing but this kept the key alive, for a moment. */
	only: Record<WaitingCode, number>;
	/** At how many moments. */
	moments: Record<WaitingCode, number>;
}

const NONE: Record<WaitingCode, number> = {
	in_use: 0,
	no_newer_version: 0,
	same_version: 0,
	no_server_headers: 0,
	no_heartbeat: 0,
	silence: 0,
	too_many_places: 0,
};

export function createFigures() {
	const figures: Figures = {
		...{ histories: 0, revoked: 0, asked: 0, cancelled: 0, compared: 0 },
		only: { ...NONE },
		moments: { ...NONE },
	};
	const seen = new WeakMap<History, Set<WaitingCode>>();
	return {
		figures,
		saw(history: History, codes: readonly WaitingCode[]): void {
			figures.compared += 1;
			const [code, ...more] = codes;
			if (code === undefined || more.length > 0) return;
			figures.moments[code] += 1;
			const known = seen.get(history) ?? new Set();
			seen.set(history, known);
			if (!known.has(code)) figures.only[code] += 1;
			known.add(code);
		},
		played(histories: readonly History[]): void {
			figures.histories += histories.length;
			figures.revoked += histories.filter(({ isRevoked }) => isRevoked).length;
			figures.asked += histories.filter(({ hasAsked }) => hasAsked).length;
			figures.cancelled += histories.filter(({ wasCancelled }) => wasCancelled).length;
		},
	};
}
