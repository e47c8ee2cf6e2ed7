import { createEffect, createSignal } from "solid-js";

/** An e-mail address, its domain in Unicode where that is safe. */
export function Email(props: { address: string }) {
	const [shown, setShown] = createSignal<string>();
	createEffect(() => {
		const { address } = props;
		setShown(undefined);
		// Rare, so it is loaded on demand.
		if (address.includes("xn--"))
			void import("./shown-email.ts").then((module) => setShown(module.shownEmail(address)));
	});
	return <bdi>{shown() ?? props.address}</bdi>;
}
