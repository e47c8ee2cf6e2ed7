import "../styles/account.css";

import { useNavigate } from "@solidjs/router";
import { createResource, createSignal, Show } from "solid-js";

import type { Account } from "../../../shared/wire.ts";
import { useSession } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { listSessions } from "./account-api.ts";
import { ActivitySection } from "./activity-section.tsx";
import { DeleteSection } from "./delete-section.tsx";
import { EmailForm } from "./email-form.tsx";
import { NameForm } from "./name-form.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionsSection } from "./sessions-section.tsx";

/** `/account`: profile, sign-in and sessions. */
export function AccountPage() {
	usePageTitle(() => "Your account");
	const session = useSession();
	const navigate = useNavigate();
	const [sessions, { refetch }] = createResource(listSessions);
	const [changes, setChanges] = createSignal(0);
	const reload = async () => {
		await refetch();
		setChanges((count) => count + 1);
	};
	const user = () => {
		const state = session.state();
		return state.name === "signed-in" ? state.user : undefined;
	};
	const onDeleted = () => {
		navigate("/", { replace: true });
		announce("Your account has been deleted");
		void session.reload();
	};
	return (
		<main class="account-page">
			<h1>Your account</h1>
			<Show when={user()}>
				{(account) => {
					const onChanged = (changed: Account) => void session.signedIn(changed);
					return (
						<>
							<NameForm account={account()} onChanged={onChanged} />
							<EmailForm account={account()} onChanged={onChanged} />
							<PasswordForm email={account().email} onChanged={() => void reload()} />
							<SessionsSection sessions={sessions} reload={reload} />
							<ActivitySection changes={changes()} />
							<DeleteSection email={account().email} onDeleted={onDeleted} />
						</>
					);
				}}
			</Show>
		</main>
	);
}
