import { A } from "@solidjs/router";

export function NotFound(props: { what?: string }) {
	return (
		<main class="narrow">
			<h1>There is no such {props.what ?? "page"}</h1>
			<p class="lead">
				It may have moved or been removed, or you are not a member of it. <A href="/">Go to your keys</A>.
			</p>
		</main>
	);
}
