import { createContext, createSignal, type JSX, onCleanup, onMount, useContext } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";
import { onSessionOver } from "../api/client.ts";
import { fetchUser, signOut, type User } from "./session-api.ts";

export type SessionState =
	| { name: "loading" }
	| { name: "failed"; error: ApiError }
	/** `over`: there was a session in this page, and it ended without the person's doing. */
	| { name: "signed-out"; over: boolean }
	| { name: "signed-in"; user: User };

export interface Session {
	state: () => SessionState;
	/** Asks the server again who this is. */
	reload: () => Promise<void>;
	entered: (user: User) => void;
	leave: () => Promise<void>;
}

const SessionContext = createContext<Session>();

export function SessionProvider(props: { children: JSX.Element }) {
	const [state, setState] = createSignal<SessionState>({ name: "loading" });

	const reload = async () => {
		setState({ name: "loading" });
		try {
			const user = await fetchUser();
			setState(user ? { name: "signed-in", user } : { name: "signed-out", over: false });
		} catch (error) {
			setState({ name: "failed", error: asApiError(error) });
		}
	};
	const leave = async () => {
		try {
			await signOut();
			setState({ name: "signed-out", over: false });
		} catch (error) {
			setState({ name: "failed", error: asApiError(error) });
		}
	};
	const entered = (user: User) => setState({ name: "signed-in", user });

	onCleanup(onSessionOver(() => state().name === "signed-in" && setState({ name: "signed-out", over: true })));
	onMount(() => void reload());
	return <SessionContext.Provider value={{ state, reload, entered, leave }}>{props.children}</SessionContext.Provider>;
}

export function useSession(): Session {
	const session = useContext(SessionContext);
	if (!session) throw new Error("useSession belongs inside SessionProvider.");
	return session;
}
