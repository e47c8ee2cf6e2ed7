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
				A workspace owns keys and has people of its own: one for each game or team keeps them apart. You will be its
				owner.
			</p>
			<CreateForm onCreated={({ id }) => navigate(`/workspaces/${id}/keys`, { replace: true })} />
		</main>
	);
}
