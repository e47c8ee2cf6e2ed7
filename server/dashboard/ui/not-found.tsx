import { A } from "@solidjs/router";

import { usePageTitle } from "./page-title.ts";

const REASONS = {
	page: "It may have moved.",
	key: "It is not in this workspace.",
	workspace: "It was deleted, or you are not a member.",
};

const TITLES = { page: "Page not found", key: "Key not found", workspace: "Workspace not found" };

export function NotFound(props: { what?: keyof typeof REASONS }) {
	usePageTitle(() => "Not found");
	const what = () => props.what ?? "page";
	return (
		<main class="narrow">
			<h1>{TITLES[what()]}</h1>
			<p class="lead">
				{REASONS[what()]} <A href="/">Go to your keys</A>.
			</p>
		</main>
	);
}
