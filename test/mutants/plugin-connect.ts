import type { Mutant } from "./mutant.ts";

const MACHINE = "plugin/src/connect/machine";
const tests = ["plugin/machine.test.ts"];

/** Steps of the state machine that lose a key, or revoke one that a place needs. */
export const pluginConnect: Mutant[] = [
	{
		file: `${MACHINE}/transition.ts`,
		original: "return key === keyInHand(state) || state.settled.includes(key) ? undefined : key;",
		replacement: "return key === keyInHand(state) ? undefined : key;",
		tests,
	},
	{
		file: `${MACHINE}/transition.ts`,
		original: 'const stray = event.kind === "polled" ? strayKey(state, event) : undefined;',
		replacement: 'const stray = event.kind === "polled" && state.attempt === 0 ? strayKey(state, event) : undefined;',
		tests,
	},
	{
		file: `${MACHINE}/delivery.ts`,
		original: "if (result.restored) return hold(state, phase, result.failure, now);",
		replacement: 'if (result.restored) return fail(state, run, { kind: "write", failure: result.failure }, granted);',
		tests,
	},
	{
		file: `${MACHINE}/delivery.ts`,
		original: 'if (isUnchanged(state, run)) return hold(state, phase, { kind: "not-kept" }, now);',
		replacement: 'if (run.old !== undefined) return hold(state, phase, { kind: "not-kept" }, now);',
		tests,
	},
	{
		file: `${MACHINE}/delivery.ts`,
		original: 'const isSame = check.kind === "rejected" || report?.workspaceId === phase.granted.workspaceId;',
		replacement: 'const isSame = check.kind === "rejected" || report?.workspaceId !== phase.granted.workspaceId;',
		tests,
	},
	{
		file: `${MACHINE}/drafts.ts`,
		original: 'if (!event.restored) return leave(state, phase, { kind: "write", failure: { kind: "draft" } });',
		replacement: "",
		tests,
	},
	{
		file: `${MACHINE}/verifying.ts`,
		original: "if (outcome.ok && outcome.value.keyId === granted.keyId) {",
		replacement: "if (outcome.ok) {",
		tests,
	},
	{
		file: `${MACHINE}/verifying.ts`,
		original: 'if (failure.kind !== "unauthorized") return askLater(state, phase, failure, now);',
		replacement: "",
		tests,
	},
	{
		file: `${MACHINE}/verifying.ts`,
		original: 'if (failure.kind === "unauthorized") return stopAt(state, run, reason, "new-rejected");',
		replacement: 'if (failure.kind !== "overloaded") return stopAt(state, run, reason, "new-rejected");',
		tests,
	},
	{
		file: `${MACHINE}/closing.ts`,
		original: 'if (phase.kind === "comparing" || phase.kind === "confirm" || phase.kind === "held") {',
		replacement: 'if (phase.kind === "confirm" || phase.kind === "held") {',
		tests,
	},
	{
		file: `${MACHINE}/closing.ts`,
		original: 'if (!mayBeInPlace) want({ kind: "revoke"',
		replacement: 'if (mayBeInPlace) want({ kind: "revoke"',
		tests,
	},
	{
		file: `${MACHINE}/home.ts`,
		original: 'if (place.kind !== "managed" || place.found.address.text === address.text) return place;',
		replacement: 'if (place.kind !== "managed" || place.found.address.secure) return place;',
		tests: ["plugin/hostile-places.test.ts"],
	},
	{
		file: `${MACHINE}/home.ts`,
		original: "const seconds = math.min(RECHECK_SECONDS * 2 ** failures, MAX_RECHECK_SECONDS);",
		replacement: "const seconds = RECHECK_SECONDS;",
		tests,
	},
	{
		file: `${MACHINE}/home.ts`,
		original: "if (!state.visible) return enter({ ...phase, checkId: undefined, timerId: undefined });",
		replacement: "",
		tests,
	},
	{
		file: `${MACHINE}/pairing.ts`,
		original: "if (old?.asked !== undefined && old.asked !== accepted?.asked) {",
		replacement: "if (old?.asked !== undefined && accepted === undefined) {",
		tests,
	},
	{
		file: `${MACHINE}/actions.ts`,
		original: 'const keyId = check?.kind === "accepted" ? check.report.keyId : found.keyId;',
		replacement: "const keyId = check === undefined ? undefined : found.keyId;",
		tests,
	},
	{
		file: "plugin/src/place/editor.ts",
		original: "else if (isStray() && hasArrived(managed, stored)) onLate(isStray);",
		replacement: "else if (hasArrived(managed, stored)) onLate(() => true);",
		tests: ["plugin/late-editor.test.ts"],
	},
	{
		file: "plugin/src/place/editor.ts",
		original: "before = text === undefined ? undefined : current;",
		replacement: "if (text !== undefined) before = current;",
		tests: ["plugin/late-editor.test.ts"],
	},
	{
		file: `${MACHINE}/verifying.ts`,
		original: "const wait = pauseOf(state, now, 0);",
		replacement: "const wait = pauseOf({ ...state, quietUntil: undefined }, now, 0);",
		tests: ["plugin/busy-server.test.ts"],
	},
	{
		file: "plugin/src/connect/backend.ts",
		original: '(text === "" ? true : undefined)',
		replacement: "(text.size() >= 0 ? true : undefined)",
		tests: ["plugin/strange-answers.test.ts"],
	},
	{
		file: `${MACHINE}/delivery.ts`,
		original: 'if (!outcome.ok && outcome.failure.kind === "protocol-unsupported") {',
		replacement: 'if (!outcome.ok && outcome.failure.kind === "unauthorized") {',
		tests: ["plugin/strange-answers.test.ts"],
	},
	{
		file: `${MACHINE}/home.ts`,
		original: "askLater(scanning.state, { ...phase, scanId }, LOOK_AGAIN_SECONDS)",
		replacement: "askLater(scanning.state, { ...phase, scanId }, LOOK_AGAIN_SECONDS * 2)",
		tests: ["plugin/watch.test.ts"],
	},
	{
		file: "plugin/src/place/watch.ts",
		original: "		instance.AttributeChanged.Connect(changed),\n",
		replacement: "",
		tests: ["plugin/watch.test.ts"],
	},
	{
		file: "plugin/src/studio/history.ts",
		original: "if (keep || isInProgress(id))",
		replacement: "if (keep)",
		tests: ["plugin/cancelled-recording.test.ts"],
	},
];
