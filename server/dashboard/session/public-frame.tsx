import type { RouteSectionProps } from "@solidjs/router";
import { Match, Switch } from "solid-js";

import { LoadedPage } from "../ui/loaded-page.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { useSession } from "./session.tsx";

/** What is around pages for everybody. They find out from `useSession` whether somebody is signed in. */
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
					<TopBar who={<AccountMenu />} />
					<LoadedPage>{props.children}</LoadedPage>
				</>
			}
		>
			<Match when={failure()}>
				{(error) => (
					<main class="narrow">
						<FailureNotice error={error()} onRetry={() => void session.reload()} />
					</main>
				)}
			</Match>
			<Match when={session.state().name === "loading"}>{null}</Match>
		</Switch>
	);
}
