import { A } from "@solidjs/router";

import { usePageTitle } from "./page-title.ts";

export function NotFound(props: { what?: string }) {
	usePageTitle(() => "Not found");
	return (
		<main class="narrow">
			<h1>There is no such {props.what ?? "page"}</h1>
			<p class="lead">
				It may have moved or been removed, or you are not a member of it. <A href="/">Go to your keys</A>.
			</p>
		</main>
	);
}
