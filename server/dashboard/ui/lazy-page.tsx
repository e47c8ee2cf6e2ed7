import { useLocation } from "@solidjs/router";
import RefreshCw from "lucide-solid/icons/refresh-cw";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createEffect, createSignal, ErrorBoundary, type JSX, on, Suspense } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { probe } from "../api/client.ts";
import { useOptionalLive } from "../live/live.tsx";
import { Button } from "./button.tsx";
import { Delayed } from "./delayed.tsx";
import { Notice } from "./notice.tsx";

/** Wraps pages whose code is loaded on demand: waits for it, and reports a failure to load. */
export function LazyPage(props: { children: JSX.Element }) {
	return (
		<ErrorBoundary fallback={(error: unknown, reset) => <LoadFailed error={error} onLeave={reset} />}>
			<Suspense fallback={<Loading />}>{props.children}</Suspense>
		</ErrorBoundary>
	);
}

function Loading() {
	return (
		<main>
			<Delayed>
				<p class="muted" role="status">
					Loading…
				</p>
			</Delayed>
		</main>
	);
}

/**
 * Clears on navigation, and by itself once the server responds again. That takes a reload: browsers cache a failed
 * script import for the lifetime of the document.
 */
function LoadFailed(props: { error: unknown; onLeave: () => void }) {
	const location = useLocation();
	const [retrying, setRetrying] = createSignal(false);
	const [offline, setOffline] = createSignal(false);
	console.error(props.error);
	const reload = () => window.location.reload();
	createEffect(
		on(
			() => location.pathname,
			() => props.onLeave(),
			{ defer: true },
		),
	);
	// Reloads once per reconnect, so that a page that never loads is not requested in a loop.
	useOptionalLive()?.onReopened(reload);

	const retry = async () => {
		setOffline(false);
		setRetrying(true);
		try {
			await probe(window.location.pathname);
		} catch (error) {
			// Reloading without a server would lose the page.
			if (asApiError(error).kind === "offline") {
				setOffline(true);
				setRetrying(false);
				return;
			}
		}
		reload();
	};
	return (
		<main class="narrow">
			<div role="alert">
				<h1>This page did not load</h1>
				<Notice kind="bad" icon={<TriangleAlert />}>
					<p>
						{offline()
							? "The server is still not responding."
							: "The server did not respond, or was updated in the meantime."}
					</p>
					<div class="note-actions">
						<Button small icon={<RefreshCw />} busy={retrying()} onClick={() => void retry()}>
							Try again
						</Button>
					</div>
				</Notice>
			</div>
		</main>
	);
}
