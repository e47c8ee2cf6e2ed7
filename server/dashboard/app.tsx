import { Router, type RouteSectionProps } from "@solidjs/router";

import { routes } from "./routes.ts";
import { SessionProvider } from "./session/session.tsx";
import { WrongAddress } from "./session/wrong-address.tsx";
import { Announcer } from "./ui/announce.tsx";
import { WorkspacesProvider } from "./workspaces/workspaces.tsx";

export function App() {
	return <Router root={Frame}>{routes}</Router>;
}

function Frame(props: RouteSectionProps) {
	return (
		<SessionProvider>
			<Announcer />
			<WrongAddress />
			<WorkspacesProvider>{props.children}</WorkspacesProvider>
		</SessionProvider>
	);
}
