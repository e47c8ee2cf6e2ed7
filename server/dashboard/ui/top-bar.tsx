import { A } from "@solidjs/router";
import KeyRound from "lucide-solid/icons/key-round";
import type { JSX } from "solid-js";

export function Brand() {
	return (
		<A href="/" class="mark">
			<i>
				<KeyRound />
			</i>
			<span>Auxvyn</span>
		</A>
	);
}

/** The line on top of every page: where one is at the left, whether it is up to date and who one is at the right. */
export function TopBar(props: { where?: JSX.Element; live?: JSX.Element; who: JSX.Element }) {
	return (
		<header class="bar">
			<Brand />
			{props.where}
			<span class="grow" />
			{props.live}
			{props.who}
		</header>
	);
}
