import { Navigate, Route, Router, type RouteSectionProps, useLocation } from "@solidjs/router";

import { KeysPage } from "./keys/keys-page.tsx";
import { PairPage } from "./pairing/pair-page.tsx";
import { AccountMenu } from "./session/account-menu.tsx";
import { RequireSession } from "./session/require-session.tsx";
import { SessionProvider } from "./session/session.tsx";
import { Announcer } from "./ui/announce.tsx";
import { NotFound } from "./ui/not-found.tsx";
import { TopBar } from "./ui/top-bar.tsx";
import { Home } from "./workspaces/home.tsx";
import { WorkspacePage } from "./workspaces/workspace-page.tsx";
import { WorkspaceSwitch } from "./workspaces/workspace-switch.tsx";
import { WorkspacesProvider } from "./workspaces/workspaces.tsx";

export function App() {
	return (
		<Router root={Frame}>
			<Route path="/" component={Home} />
			<Route path="/pair" component={PairPage} />
			<Route path="/workspaces/:workspaceId" component={WorkspacePage}>
				<Route path="/" component={() => <Navigate href="keys" />} />
				<Route path="/keys" component={KeysPage} />
			</Route>
			<Route path="*" component={() => <NotFound />} />
		</Router>
	);
}

function Frame(props: RouteSectionProps) {
	const location = useLocation();
	const why = () =>
		location.pathname === "/pair" ? "Studio asks for a key. Sign in first; the code stays as it is." : undefined;
	return (
		<SessionProvider>
			<Announcer />
			<RequireSession why={why()}>
				<WorkspacesProvider>
					<TopBar where={<WorkspaceSwitch />} who={<AccountMenu />} />
					{props.children}
				</WorkspacesProvider>
			</RequireSession>
		</SessionProvider>
	);
}
