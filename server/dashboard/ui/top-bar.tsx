import { A } from "@solidjs/router";
import KeyRound from "lucide-solid/icons/key-round";
import type { JSX } from "solid-js";

function Brand() {
	return (
		<A href="/" class="mark">
			<i>
				<KeyRound />
			</i>
			<span>Auxvyn</span>
		</A>
	);
}

/** The bar at the top of every page: location on the left, connection state and account on the right. */
export function TopBar(props: { location?: JSX.Element; live?: JSX.Element; account?: JSX.Element }) {
	return (
		<header class="bar">
			<Brand />
			{props.location}
			<span class="grow" />
			{props.live}
			{props.account}
		</header>
	);
}
