import Plus from "lucide-solid/icons/plus";
import { createSignal, Show } from "solid-js";

import type { CreatedBackend } from "../../../shared/wire.ts";
import { createOnce } from "../api/once.ts";
import { useLostThings } from "../session/lost-things.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { createBackend, listBackends } from "./backends-api.ts";

export function BackendForm(props: { workspaceId: string; onCreated: (created: CreatedBackend) => void }) {
	const [name, setName] = createSignal("");
	const once = createOnce<CreatedBackend>("backend");
	const lostThings = useLostThings();
	const findLost = async (since: number) => {
		const backends = await listBackends(props.workspaceId);
		return lostThings.find(backends, since) ? "its secret did not arrive. Delete it, then create another." : undefined;
	};
	const form = createForm({
		fields: ["name"],
		check: () => checkText("name", "backend name", name()),
		send: async () => {
			const created = await once(() => createBackend(props.workspaceId, name().trim()), findLost);
			lostThings.arrived(created.backend);
			props.onCreated(created);
			setName("");
		},
	});

	return (
		<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
			<div class="settings-line">
				<Field
					label="Backend name"
					value={name()}
					onValue={(value) => {
						setName(value);
						form.clearProblem("name");
					}}
					placeholder="Leaderboard API, shop…"
					autocomplete="off"
					error={form.about("name")}
				/>
				<Button type="submit" icon={<Plus />} busy={form.busy()}>
					Create
				</Button>
			</div>
			<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} onRetry={form.retry} />}</Show>
		</form>
	);
}
