import type { Key } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { RenameForm } from "../ui/rename-form.tsx";
import { renameKey } from "./keys-api.ts";

export function RenameKeyForm(props: {
	workspaceId: string;
	key: Key;
	onRenamed: (key: Key) => void;
	onCancel: () => void;
}) {
	const rename = async (label: string) => {
		const renamed = await renameKey(props.workspaceId, props.key.id, label);
		announce(`Renamed to ${renamed.label}.`);
		props.onRenamed(renamed);
	};
	return (
		<RenameForm
			current={props.key.label}
			field="label"
			kind="label"
			rename={rename}
			onCancel={() => props.onCancel()}
		/>
	);
}
