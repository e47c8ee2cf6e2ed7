import { createContext, createSignal, type JSX, onCleanup, onMount, useContext } from "solid-js";

import type { Account, FirstSteps, KeyList, SignUp, Start, Workspace } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { onSessionEnd } from "../api/client.ts";
import { lastWorkspaceId } from "../workspaces/last-workspace.ts";
import { fetchStart, signOut } from "./session-api.ts";

export type SessionState =
	| { name: "loading" }
	| { name: "failed"; error: ApiError }
	/** `ended`: there was a session in this page, and it ended without a sign-out. */
	| { name: "signed-out"; ended: boolean }
	| { name: "signed-in"; user: Account };

export interface Session {
	state: () => SessionState;
	/** Reloads the session from the server. */
	reload: () => Promise<void>;
	/** The same, but shows what is there until the server responds. */
	retry: () => Promise<void>;
	/** Called after sign-in, or when the account's name or e-mail changed. */
	signedIn: (user: Account) => Promise<void>;
	leave: () => Promise<void>;
}

/** The rest of the first response. */
export interface FirstLoad {
	/** Whether the server has an account. */
	setUp: () => boolean;
	signUp: () => SignUp;
	/** Whether the server can send mail. */
	mail: () => boolean;
	/** The server's version. Empty while unknown. */
	version: () => string;
	/** The server's own address. Undefined while unknown. */
	publicUrl: () => string | undefined;
	/** Whether the account has something to review. */
	review: () => boolean;
	/** A snapshot. */
	workspaces: () => Workspace[];
	/** The first page of a workspace's active keys. Returned once, and only while fresh. */
	takeKeys: (workspaceId: string) => KeyList | undefined;
	/** The workspace's first steps. Returned once, and only while fresh. */
	takeFirstSteps: (workspaceId: string) => FirstSteps | undefined;
	dropKeys: () => void;
}

/** After this, another page may have been shown in between. */
const KEYS_FRESH_MS = 1_000;

const SessionContext = createContext<{ session: Session; start: FirstLoad }>();

export function SessionProvider(props: { children: JSX.Element }) {
	const [state, setState] = createSignal<SessionState>({ name: "loading" });
	const [start, setStart] = createSignal<Omit<Start, "keys">>();
	let keys: Start["keys"] = null;
	let steps: Start["keys"] = null;
	const dropKeys = () => (keys = steps = null);

	const load = async () => {
		try {
			const { keys: first, ...rest } = await fetchStart(currentWorkspaceId());
			keys = steps = first;
			setTimeout(dropKeys, KEYS_FRESH_MS);
			setStart(rest);
			setState(rest.account ? { name: "signed-in", user: rest.account } : { name: "signed-out", ended: false });
		} catch (error) {
			setState({ name: "failed", error: asApiError(error) });
		}
	};
	const reload = () => {
		setState({ name: "loading" });
		return load();
	};
	const signedOut = (ended: boolean) => {
		dropKeys();
		setState({ name: "signed-out", ended });
		setStart((known) => known && { ...known, account: null, workspaces: [] });
	};
	const signedIn = async (user: Account) => {
		const before = state();
		if (before.name === "signed-in" && before.user.id === user.id) setState({ name: "signed-in", user });
		else await load();
	};
	const leave = async () => {
		try {
			await signOut();
			signedOut(false);
		} catch (error) {
			setState({ name: "failed", error: asApiError(error) });
		}
	};
	const takeKeys = (workspaceId: string) => {
		const list = keys?.workspaceId === workspaceId ? keys.list : undefined;
		keys = null;
		return list;
	};
	const takeFirstSteps = (workspaceId: string) => {
		const known = steps?.workspaceId === workspaceId ? steps.firstSteps : undefined;
		steps = null;
		return known;
	};
	const first: FirstLoad = {
		setUp: () => start()?.setUp ?? true,
		signUp: () => start()?.signUp ?? "closed",
		mail: () => start()?.mail ?? false,
		version: () => start()?.version ?? "",
		publicUrl: () => start()?.publicUrl,
		review: () => start()?.review ?? false,
		workspaces: () => start()?.workspaces ?? [],
		takeKeys,
		takeFirstSteps,
		dropKeys,
	};

	onCleanup(onSessionEnd(() => state().name === "signed-in" && signedOut(true)));
	onMount(() => void load());
	return (
		<SessionContext.Provider value={{ session: { state, reload, retry: load, signedIn, leave }, start: first }}>
			{props.children}
		</SessionContext.Provider>
	);
}

/** The workspace in the URL, or else the last one opened. */
function currentWorkspaceId(): string | undefined {
	return /^\/workspaces\/([^/]+)/.exec(location.pathname)?.[1] ?? lastWorkspaceId();
}

export function useSession(): Session {
	return useContexts().session;
}

export function useStart(): FirstLoad {
	return useContexts().start;
}

function useContexts() {
	const contexts = useContext(SessionContext);
	if (!contexts) throw new Error("useSession and useStart belong inside SessionProvider.");
	return contexts;
}
