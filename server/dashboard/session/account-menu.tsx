import KeyRound from "lucide-solid/icons/key-round";
import LogOut from "lucide-solid/icons/log-out";
import UserRound from "lucide-solid/icons/user-round";
import { Show } from "solid-js";

import { initials } from "../ui/format.ts";
import { Menu, MenuChoice, MenuItem, MenuLink } from "../ui/menu.tsx";
import { chooseTheme, type Theme, theme } from "../ui/theme.ts";
import { useSession } from "./session.tsx";

const THEMES: { value: Theme; text: string }[] = [
	{ value: "system", text: "System" },
	{ value: "light", text: "Light" },
	{ value: "dark", text: "Dark" },
];

/** The signed-in account: its page, the theme and sign-out. */
export function AccountMenu() {
	const session = useSession();
	const user = () => {
		const state = session.state();
		return state.name === "signed-in" ? state.user : undefined;
	};
	return (
		<Show when={user()}>
			{(person) => (
				<Menu
					name="Account of"
					class="account"
					align="end"
					trigger={
						<>
							<span class="sr-only">
								<bdi>{person().name}</bdi>
							</span>
							<span class="avatar" aria-hidden="true">
								{initials(person().name)}
							</span>
						</>
					}
				>
					<div class="menu-who" role="presentation">
						<bdi>{person().name}</bdi>
						<small>{person().email}</small>
					</div>
					<MenuLink icon={<UserRound />} href="/account">
						Account
					</MenuLink>
					<MenuLink icon={<KeyRound />} href="/docs" rel="external">
						API reference
					</MenuLink>
					<MenuChoice name="Theme" options={THEMES} value={theme()} onValue={chooseTheme} />
					<MenuItem icon={<LogOut />} onPick={() => void session.leave()}>
						Sign out
					</MenuItem>
				</Menu>
			)}
		</Show>
	);
}
