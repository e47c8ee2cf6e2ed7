import type { RouteSectionProps } from "@solidjs/router";
import { Match, Switch } from "solid-js";

import { LazyPage } from "../ui/lazy-page.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { useSession } from "./session.tsx";
import { SessionFailed } from "./session-failed.tsx";

/** The frame of public pages. They check `useSession` themselves. */
export function PublicFrame(props: RouteSectionProps) {
	const session = useSession();
	const failure = () => {
		const state = session.state();
		return state.name === "failed" ? state.error : undefined;
	};
	return (
		<Switch
			fallback={
				<>
					<TopBar account={<AccountMenu />} />
					<LazyPage>{props.children}</LazyPage>
				</>
			}
		>
			<Match when={failure()}>{(error) => <SessionFailed error={error()} />}</Match>
			<Match when={session.state().name === "loading"}>{null}</Match>
		</Switch>
	);
}
