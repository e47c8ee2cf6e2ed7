import { useLocation } from "@solidjs/router";
import { createSignal, onCleanup, type Signal, untrack } from "solid-js";

import { useSession } from "./session.tsx";

/** In memory alone: neither storage nor the address tells the next person what somebody typed. */
let kept: { userId: string | undefined; path: string; text: string } | undefined;

/** A text that somebody types, still there when their session ended meanwhile and they sign in again. */
export function createKeptText(initial: string): Signal<string> {
	const session = useSession();
	const path = untrack(() => useLocation().pathname);
	const now = untrack(session.state);
	const userId = now.name === "signed-in" ? now.user.id : undefined;
	const mine = kept?.userId === userId && kept?.path === path ? kept.text : undefined;
	kept = undefined;
	const [text, setText] = createSignal(mine ?? initial);
	onCleanup(() => {
		const then = session.state();
		if (then.name === "signed-out" && then.over && text() !== initial) kept = { userId, path, text: text() };
	});
	return [text, setText];
}
