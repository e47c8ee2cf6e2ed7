import { ChangeHistoryService } from "@rbxts/services";

export interface Recording {
	/** Ends the undoable step. With `keep` false it is cancelled; its changes must have been reverted already. */
	close: (keep: boolean) => void;
}

/** A plugin can have only one at a time. */
let open: Recording | undefined;

function isInProgress(id: string): boolean {
	const [asked, inProgress] = pcall(() => ChangeHistoryService.IsRecordingInProgress(id));
	return asked && inProgress;
}

/** Begins an undoable step; undefined during a playtest or while another one is open. */
export function beginRecording(name: string): Recording | undefined {
	const [began, id] = pcall(() => ChangeHistoryService.TryBeginRecording(`Auxvyn: ${name}`, name));
	if (!began || id === undefined) return undefined;
	const finish = (operation: Enum.FinishRecordingOperation) =>
		pcall(() => ChangeHistoryService.FinishRecording(id, operation));
	const recording: Recording = {
		close: (keep) => {
			open = undefined;
			if (!keep) finish(Enum.FinishRecordingOperation.Cancel);
			// Where Cancel did nothing, it would stay open, and none could be begun any more.
			if (keep || isInProgress(id)) finish(Enum.FinishRecordingOperation.Commit);
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
