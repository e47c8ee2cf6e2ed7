import type { PersonRef } from "../../../shared/wire.ts";
import { useSession } from "./session.tsx";

/** Tells what the signed-in user has created since a time of the server, in ms. */
export function useMadeByMe() {
	const session = useSession();
	return (since: number) =>
		({ createdAt, createdBy }: { createdAt: string; createdBy: PersonRef | null }): boolean => {
			const state = session.state();
			return state.name === "signed-in" && createdBy?.id === state.user.id && Date.parse(createdAt) >= since;
		};
}
