import { useNavigate } from "@solidjs/router";

import { usePageTitle } from "../ui/page-title.ts";
import { CreateForm } from "./create-form.tsx";

/** `/workspaces/new` */
export function NewWorkspacePage() {
	usePageTitle(() => "New workspace");
	const navigate = useNavigate();
	return (
		<main class="narrow">
			<h1>New workspace</h1>
			<p class="lead">
				A workspace has its own keys and people. Use one per game or team to keep them apart. You will be its owner.
			</p>
			<CreateForm onCreated={({ id }) => navigate(`/workspaces/${id}/keys`, { replace: true })} />
		</main>
	);
}
