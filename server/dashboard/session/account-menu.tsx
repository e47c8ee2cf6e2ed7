import LogOut from "lucide-solid/icons/log-out";
import { createSignal, Show } from "solid-js";

import { Button } from "../ui/button.tsx";
import { initials } from "../ui/format.ts";
import { useSession } from "./session.tsx";

/** Who is signed in, and the way out. */
export function AccountMenu() {
	const session = useSession();
	const [busy, setBusy] = createSignal(false);
	const user = () => {
		const state = session.state();
		return state.name === "signed-in" ? state.user : undefined;
	};
	const leave = async () => {
		setBusy(true);
		await session.leave();
		setBusy(false);
	};
	return (
		<Show when={user()}>
			{(person) => (
				<>
					<span class="avatar" title={`${person().name}, ${person().email}`} aria-hidden="true">
						{initials(person().name)}
					</span>
					<span class="sr-only">Signed in as {person().name}</span>
					<Button kind="quiet" icon={<LogOut />} busy={busy()} onClick={() => void leave()} title="Sign out">
						<span class="wide-text">Sign out</span>
					</Button>
				</>
			)}
		</Show>
	);
}
