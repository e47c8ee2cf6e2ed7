import { type BeforeLeaveEventArgs, useBeforeLeave } from "@solidjs/router";
import { createEffect, createSignal, onCleanup } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";

const [isAwaited, setAwaited] = createSignal(false);
const [held, setHeld] = createSignal<BeforeLeaveEventArgs>();

/** Whether somebody who wants to leave is waiting for the answer. */
export const isSomebodyHeld = () => held() !== undefined;

/** A new key that is on its way: until then whoever leaves stays. Without a key they are let go. */
export async function awaitKey(answer: Promise<CreatedKey>): Promise<CreatedKey> {
	setAwaited(true);
	let leaving: BeforeLeaveEventArgs | undefined;
	try {
		return await answer;
	} catch (failure) {
		leaving = held();
		throw failure;
	} finally {
		setHeld(undefined);
		setAwaited(false);
		leaving?.retry();
	}
}

/** For a page that shows new keys: nobody leaves it while one is on its way that only it could show. */
export function holdWhileAwaited(): void {
	useBeforeLeave((event) => {
		if (!isAwaited() || staysHere(event)) return;
		event.preventDefault();
		setHeld(event);
		announce("The new key is about to be shown here.");
	});
	createEffect(() => {
		if (!isAwaited()) return;
		const warn = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", warn);
		onCleanup(() => removeEventListener("beforeunload", warn));
	});
}

/** Another filter or step is the same page at another address. */
function staysHere({ from, to }: BeforeLeaveEventArgs): boolean {
	return typeof to === "string" && new URL(to, location.origin).pathname === from.pathname;
}
