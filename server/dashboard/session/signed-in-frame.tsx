import { type RouteSectionProps, useLocation } from "@solidjs/router";

import { LiveProvider } from "../live/live.tsx";
import { LiveDot } from "../live/live-dot.tsx";
import { OutOfDate } from "../live/out-of-date.tsx";
import { LoadedPage } from "../ui/loaded-page.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { WorkspaceSwitch } from "../workspaces/workspace-switch.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { RequireSession } from "./require-session.tsx";

/** What is around every page that one has to be signed in for. */
export function SignedInFrame(props: RouteSectionProps) {
	const location = useLocation();
	const why = () =>
		location.pathname === "/pair" ? "Studio asks for a key. Sign in first; the code stays as it is." : undefined;
	return (
		<RequireSession why={why()}>
			<LiveProvider>
				<TopBar where={<WorkspaceSwitch />} live={<LiveDot />} who={<AccountMenu />} />
				<LoadedPage>{props.children}</LoadedPage>
				<OutOfDate />
			</LiveProvider>
		</RequireSession>
	);
}
