import { useLocation } from "@solidjs/router";
import RefreshCw from "lucide-solid/icons/refresh-cw";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createEffect, createSignal, ErrorBoundary, type JSX, on, Suspense } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { probe } from "../api/client.ts";
import { useLiveIfAny } from "../live/live.tsx";
import { Button } from "./button.tsx";
import { Late } from "./late.tsx";
import { Notice } from "./notice.tsx";

/** Around pages whose code is fetched when they are asked for: waits for it, and says so if it does not come. */
export function LoadedPage(props: { children: JSX.Element }) {
	return (
		<ErrorBoundary fallback={(error: unknown, reset) => <NotLoaded error={error} onLeave={reset} />}>
			<Suspense fallback={<Loading />}>{props.children}</Suspense>
		</ErrorBoundary>
	);
}

function Loading() {
	return (
		<main>
			<Late>
				<p class="muted" role="status">
					Loading…
				</p>
			</Late>
		</main>
	);
}

/**
 * Goes away with another page, and by itself once the server answers again. That takes a reload: browsers remember a
 * script that they could not fetch as failed for as long as the document lives.
 */
function NotLoaded(props: { error: unknown; onLeave: () => void }) {
	const location = useLocation();
	const [trying, setTrying] = createSignal(false);
	const [silent, setSilent] = createSignal(false);
	// What is shown is for people; this is for whoever is to mend it.
	console.error(props.error);
	const reload = () => window.location.reload();
	createEffect(
		on(
			() => location.pathname,
			() => props.onLeave(),
			{ defer: true },
		),
	);
	// Once for each end of the stream: a page that cannot be had at all must not be asked for on and on.
	useLiveIfAny()?.onReopened(reload);

	const tryAgain = async () => {
		setSilent(false);
		setTrying(true);
		try {
			await probe(window.location.pathname);
		} catch (error) {
			// Whoever reloads without a server loses the page altogether.
			if (asApiError(error).kind === "offline") {
				setSilent(true);
				setTrying(false);
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
						{silent() ? "The server still does not answer." : "The server did not answer, or it was updated meanwhile."}
					</p>
					<div class="note-actions">
						<Button small icon={<RefreshCw />} busy={trying()} onClick={() => void tryAgain()}>
							Try again
						</Button>
					</div>
				</Notice>
			</div>
		</main>
	);
}
