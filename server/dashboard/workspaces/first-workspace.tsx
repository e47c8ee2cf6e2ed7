import { usePageTitle } from "../ui/page-title.ts";
import { CreateForm } from "./create-form.tsx";

/** For somebody who is in no workspace any more. The start page goes on by itself once there is one. */
export function FirstWorkspace() {
	usePageTitle(() => "Workspaces");
	return (
		<main class="narrow">
			<h1>You are in no workspace</h1>
			<p class="lead">A workspace owns API keys. Make one, or ask somebody to invite you to theirs.</p>
			<CreateForm onCreated={() => undefined} />
		</main>
	);
}
