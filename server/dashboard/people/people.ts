import { createEffect, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { Invitation, Person } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { listPeople } from "./people-api.ts";

interface PeopleState {
	people: Person[];
	invitations: Invitation[];
	/** The first answer is there. */
	ready: boolean;
	error: ApiError | undefined;
}

/** A workspace's people and open invitations. Rows keep their identity when they are asked for again. */
export function createPeople(workspaceId: () => string) {
	const [state, setState] = createStore<PeopleState>({ people: [], invitations: [], ready: false, error: undefined });
	let latest = 0;
	const load = async () => {
		const mine = ++latest;
		try {
			const { people, invitations } = await listPeople(workspaceId());
			if (mine !== latest) return;
			setState("people", reconcile(people, { key: "id" }));
			setState("invitations", reconcile(invitations, { key: "id" }));
			setState({ ready: true, error: undefined });
		} catch (error) {
			if (mine === latest) setState({ ready: true, error: asApiError(error) });
		}
	};
	/** Somebody has gone: their row need not wait for the next answer. */
	const forget = (id: string) => setState("people", (people) => people.filter((person) => person.id !== id));
	createEffect(on(workspaceId, () => void load()));
	onCleanup(() => (latest = -1));
	return { state, load, forget };
}
