import { usePageTitle } from "../ui/page-title.ts";
import { CreateForm } from "./create-form.tsx";

/** For users without a workspace. The start page redirects once there is one. */
export function FirstWorkspace() {
	usePageTitle(() => "Workspaces");
	return (
		<main class="narrow">
			<h1>You are not in a workspace</h1>
			<p class="lead">API keys belong to a workspace. Create one, or ask to be invited to an existing one.</p>
			<CreateForm onCreated={() => undefined} />
		</main>
	);
}
