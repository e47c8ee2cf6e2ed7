import { type RouteSectionProps, useLocation } from "@solidjs/router";
import { lazy, Show } from "solid-js";

import { LiveProvider } from "../live/live.tsx";
import { LiveDot } from "../live/live-dot.tsx";
import { OfflineBanner } from "../live/offline-banner.tsx";
import { LazyPage } from "../ui/lazy-page.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { WorkspaceSwitch } from "../workspaces/workspace-switch.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { RequireSession } from "./require-session.tsx";
import { useStart } from "./session.tsx";

const ReviewPage = lazy(async () => ({ default: (await import("../account/review-page.tsx")).ReviewPage }));

/** The frame of pages that require a session. */
export function SignedInFrame(props: RouteSectionProps) {
	const location = useLocation();
	const start = useStart();
	const why = () =>
		location.pathname === "/pair" ? "Studio is asking for a key. Sign in first; your code is kept." : undefined;
	return (
		<RequireSession why={why()}>
			<LiveProvider>
				<TopBar location={<WorkspaceSwitch />} live={<LiveDot />} account={<AccountMenu />} />
				<LazyPage>
					<Show when={start.review()} fallback={props.children}>
						<ReviewPage />
					</Show>
				</LazyPage>
				<OfflineBanner />
			</LiveProvider>
		</RequireSession>
	);
}
