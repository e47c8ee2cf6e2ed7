import { useLocation } from "@solidjs/router";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { Show } from "solid-js";

import { Notice } from "../ui/notice.tsx";
import { useStart } from "./session.tsx";

/** Says that this page is not at the server's own address, where alone it can sign in and change things. */
export function WrongAddress() {
	const start = useStart();
	const here = useLocation();
	const address = () => (start.publicUrl() === location.origin ? undefined : start.publicUrl());
	return (
		<Show when={address()}>
			{(own) => (
				<div class="wrong-address" role="alert">
					<Notice kind="warn" icon={<TriangleAlert />}>
						<p>
							<strong>This is not the server’s own address.</strong> Signing in and changes only work at{" "}
							<a href={own() + here.pathname + here.search}>{own()}</a>. If you mean to use{" "}
							<span class="unbroken">{location.origin}</span>, set PUBLIC_URL to it, and restart the server.
						</p>
					</Notice>
				</div>
			)}
		</Show>
	);
}
