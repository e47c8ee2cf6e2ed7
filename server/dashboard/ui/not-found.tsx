import { A } from "@solidjs/router";

import { usePageTitle } from "./page-title.ts";

const WHY = {
	page: "It may have moved.",
	key: "It is not in this workspace.",
	workspace: "It was deleted, or you are not (or no longer) a member of it.",
};

export function NotFound(props: { what?: keyof typeof WHY }) {
	usePageTitle(() => "Not found");
	const what = () => props.what ?? "page";
	return (
		<main class="narrow">
			<h1>There is no such {what()}</h1>
			<p class="lead">
				{WHY[what()]} <A href="/">Go to your keys</A>.
			</p>
		</main>
	);
}
