import { useLocation } from "@solidjs/router";
import { createSignal, onCleanup, type Signal, untrack } from "solid-js";

import { useSession } from "./session.tsx";

/** In memory only: storage and URL would reveal it to the next user of this computer. */
let saved: { userId: string | undefined; path: string; text: string } | undefined;

/** A text signal that survives a session that ended while typing, if the same user signs in again. */
export function createDraft(initial: string): Signal<string> {
	const session = useSession();
	const path = untrack(() => useLocation().pathname);
	const current = untrack(session.state);
	const userId = current.name === "signed-in" ? current.user.id : undefined;
	const draft = saved?.userId === userId && saved?.path === path ? saved.text : undefined;
	saved = undefined;
	const [text, setText] = createSignal(draft ?? initial);
	onCleanup(() => {
		const state = session.state();
		if (state.name === "signed-out" && state.ended && text() !== initial) saved = { userId, path, text: text() };
	});
	return [text, setText];
}
