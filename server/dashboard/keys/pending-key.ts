import { type BeforeLeaveEventArgs, useBeforeLeave } from "@solidjs/router";
import { createEffect, createSignal, onCleanup } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";

const [isPending, setPending] = createSignal(false);
const [blocked, setBlocked] = createSignal<BeforeLeaveEventArgs>();

/** Whether a navigation is waiting for the response. */
export const isLeavingBlocked = () => blocked() !== undefined;

/**
 * Keeps the user on the page until the response with the new key arrives. If it fails, the held navigation continues.
 */
export async function trackPendingKey(response: Promise<CreatedKey>): Promise<CreatedKey> {
	setPending(true);
	let leaving: BeforeLeaveEventArgs | undefined;
	try {
		return await response;
	} catch (failure) {
		leaving = blocked();
		throw failure;
	} finally {
		setBlocked(undefined);
		setPending(false);
		leaving?.retry();
	}
}

/** For pages that show new keys: blocks leaving while one is pending that could be shown nowhere else. */
export function blockLeavingWhilePending(): void {
	useBeforeLeave((event) => {
		if (!isPending() || isSamePage(event)) return;
		event.preventDefault();
		setBlocked(event);
		announce("The new key is about to be shown here.");
	});
	createEffect(() => {
		if (!isPending()) return;
		const warn = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", warn);
		onCleanup(() => removeEventListener("beforeunload", warn));
	});
}

/** Another filter or step is the same page at another URL. */
function isSamePage({ from, to }: BeforeLeaveEventArgs): boolean {
	return typeof to === "string" && new URL(to, location.origin).pathname === from.pathname;
}
