import { ChangeHistoryService } from "@rbxts/services";

export interface Recording {
	/** Ends the undoable step. `keep` is false where nothing in it is to stay; what was done must be undone already. */
	close: (keep: boolean) => void;
}

/** A plugin has one at a time. */
let open: Recording | undefined;

/** One undoable step, or undefined where Studio gives none: during a playtest, or while another one is open. */
export function beginRecording(name: string): Recording | undefined {
	const [began, id] = pcall(() => ChangeHistoryService.TryBeginRecording(`Auxvyn: ${name}`, name));
	if (!began || id === undefined) return undefined;
	const recording: Recording = {
		close: (keep) => {
			open = undefined;
			const operation = keep ? Enum.FinishRecordingOperation.Commit : Enum.FinishRecordingOperation.Cancel;
			pcall(() => ChangeHistoryService.FinishRecording(id, operation));
		},
	};
	open = recording;
	return recording;
}

/** Ends, without keeping it, what is still being recorded: a plugin that goes must not leave a recording open. */
export function closeRecording(): void {
	open?.close(false);
}

export function onUndoOrRedo(callback: () => void): () => void {
	const undone = ChangeHistoryService.OnUndo.Connect(() => callback());
	const redone = ChangeHistoryService.OnRedo.Connect(() => callback());
	return () => {
		undone.Disconnect();
		redone.Disconnect();
	};
}
