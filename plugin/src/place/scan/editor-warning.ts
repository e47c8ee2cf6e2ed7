import { ScriptEditorService } from "@rbxts/services";

import { OwnCode } from "../asks";
import { inspect } from "../inspect";
import { keyPositions } from "./keys-in";

const CALLBACK_NAME = "AuxvynKeyInScript";
const PRIORITY = 100;
const MESSAGE =
	"This is an Auxvyn key. Keep it only in the managed Script: anyone who can read this script can call the server as this game. Remove it here, and call the Script's Client instead.";

interface Place {
	line: number;
	character: number;
}

interface Diagnostic {
	range: { start: Place; end: Place };
	code: string;
	message: string;
	severity: Enum.Severity;
}

/** What Studio hands to the callback. */
interface AnalysisRequest {
	script?: LuaSourceContainer;
}

function sourceInEditor(instance: LuaSourceContainer): string {
	const [read, source] = pcall(() => ScriptEditorService.GetEditorSource(instance));
	return read ? source : (instance as Script).Source;
}

function diagnose(own: OwnCode, { script: analysed }: AnalysisRequest): Diagnostic[] {
	if (analysed === undefined) return [];
	const positions = keyPositions(sourceInEditor(analysed));
	if (positions.isEmpty()) return [];
	const inspection = inspect(own);
	if (inspection.kind === "managed" && inspection.script === analysed) return [];
	return positions.map(({ line, from, to }) => ({
		range: { start: { line, character: from }, end: { line, character: to + 1 } },
		code: "AuxvynKey",
		message: MESSAGE,
		severity: Enum.Severity.Warning,
	}));
}

/** Warns in the script editor about a key in any script but the managed one. Returns a function that stops it. */
export function warnInEditor(own: OwnCode): () => void {
	let stopped = false;
	// The callback must not yield, and an error in it would be printed at each key press.
	const analyse = (request: AnalysisRequest) => {
		const [done, diagnostics] = pcall(() => (stopped ? [] : diagnose(own, request)));
		return { diagnostics: done ? diagnostics : [] };
	};
	// A plugin that ended without unloading leaves the name behind.
	pcall(() => ScriptEditorService.DeregisterScriptAnalysisCallback(CALLBACK_NAME));
	pcall(() => ScriptEditorService.RegisterScriptAnalysisCallback(CALLBACK_NAME, PRIORITY, analyse));
	return () => {
		stopped = true;
		pcall(() => ScriptEditorService.DeregisterScriptAnalysisCallback(CALLBACK_NAME));
	};
}
