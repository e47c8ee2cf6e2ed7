import RefreshCw from "lucide-solid/icons/refresh-cw";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { ErrorBoundary, type JSX, Suspense } from "solid-js";

import { Button } from "./button.tsx";
import { Late } from "./late.tsx";
import { Notice } from "./notice.tsx";

/** Around pages whose code is fetched when they are asked for: waits for it, and says so if it does not come. */
export function LoadedPage(props: { children: JSX.Element }) {
	return (
		<ErrorBoundary fallback={(error: unknown) => <NotLoaded error={error} />}>
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

function NotLoaded(props: { error: unknown }) {
	// What is shown is for people; this is for whoever is to mend it.
	console.error(props.error);
	return (
		<main class="narrow" role="alert">
			<h1>This page did not load</h1>
			<Notice kind="bad" icon={<TriangleAlert />}>
				<p>The server may have been updated meanwhile, or it did not answer. Reload the page to go on.</p>
				<div class="note-actions">
					<Button small icon={<RefreshCw />} onClick={() => location.reload()}>
						Reload
					</Button>
				</div>
			</Notice>
		</main>
	);
}
