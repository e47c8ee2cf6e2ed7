import { createEffect, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { Invitation, Person } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { listPeople } from "./people-api.ts";

interface PeopleState {
	people: Person[];
	invitations: Invitation[];
	/** The first response has arrived, or failed. */
	ready: boolean;
	error: ApiError | undefined;
}

/** A workspace's people and open invitations. Rows keep their identity across reloads. */
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
	/** Removes a person's row without waiting for the next response. */
	const removeRow = (id: string) => setState("people", (people) => people.filter((person) => person.id !== id));
	createEffect(on(workspaceId, () => void load()));
	onCleanup(() => (latest = -1));
	return { state, load, removeRow };
}
