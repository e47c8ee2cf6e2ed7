import { ChangeHistoryService } from "@rbxts/services";

export interface Recording {
	/** Ends the undoable step. With `keep` false it is cancelled; its changes must have been reverted already. */
	close: (keep: boolean) => void;
}

/** A plugin can have only one at a time. */
let open: Recording | undefined;

/** Begins an undoable step; undefined during a playtest or while another one is open. */
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

/**
 * Ends an open recording: an unloading plugin must not leave one behind. Cancelling it would also take along what the user
 * did meanwhile.
 */
export function closeRecording(): void {
	open?.close(true);
}

export function onUndoOrRedo(callback: () => void): () => void {
	const undone = ChangeHistoryService.OnUndo.Connect(() => callback());
	const redone = ChangeHistoryService.OnRedo.Connect(() => callback());
	return () => {
		undone.Disconnect();
		redone.Disconnect();
	};
}
