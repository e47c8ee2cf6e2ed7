import type { PersonRef } from "../../../shared/wire.ts";
import { useSession } from "./session.tsx";

interface Thing {
	id: string;
	createdAt: string;
	createdBy: PersonRef | null;
}

/** Ids of what was created here and cannot be lost: its response arrived, or it was already found. */
const known = new Set<string>();

/** Finds what the signed-in user has created, but has got no response about. */
export function useLostThings() {
	const session = useSession();
	return {
		/** `thing`'s response arrived. */
		arrived: ({ id }: { id: string }) => void known.add(id),
		/** `since`: the server's time, in ms. */
		find<T extends Thing>(things: readonly T[], since: number): T | undefined {
			const state = session.state();
			const lost = things.find(
				({ id, createdAt, createdBy }) =>
					state.name === "signed-in" &&
					createdBy?.id === state.user.id &&
					Date.parse(createdAt) >= since &&
					!known.has(id),
			);
			if (lost) known.add(lost.id);
			return lost;
		},
	};
}
