import type { Mutant } from "./mutant.ts";

const FOLDED = ["server/folded-text.test.ts"];
const IDEMPOTENCY = ["server/keys/idempotency.test.ts"];
const NEW_KEY = ["browser/new-key.test.ts"];

/** Comparing text as it reads, and repeating a request that creates a key. */
export const textAndRetries: Mutant[] = [
	{
		file: "server/folded-text.ts",
		original: '.replaceAll("ς", "σ")',
		replacement: "",
		tests: FOLDED,
	},
	{
		file: "server/folded-text.ts",
		original: ".toUpperCase()",
		replacement: "",
		tests: FOLDED,
	},
	{
		file: "server/folded-text.ts",
		original: '.replace(IGNORABLE, "")',
		replacement: "",
		tests: FOLDED,
	},
	{
		file: "server/folded-text.ts",
		original: "/[\\p{Pd}\\u2212]/gu",
		replacement: "/\\p{Pd}/gu",
		tests: FOLDED,
	},
	{
		file: "server/keys/manage/search-text.ts",
		original: "/[\\\\%_]/g",
		replacement: "/[\\\\%]/g",
		tests: FOLDED,
	},
	{
		file: "server/keys/manage/key-writes.store.ts",
		original: "return { label, label_folded: foldText(label) };",
		replacement: "return { label, label_folded: label };",
		tests: FOLDED,
	},
	{
		file: "server/keys/manage/key-writes.store.ts",
		original: "foldText(place.name) : null",
		replacement: "place.name : null",
		tests: FOLDED,
	},
	{
		file: "server/keys/manage/member-actions.store.ts",
		original: ".set(storedLabel(label))",
		replacement: ".set({ label })",
		tests: FOLDED,
	},
	{
		file: "server/keys/manage/keys.routes.ts",
		original: "const CURSOR_MAX_CHARACTERS = 6_000;",
		replacement: "const CURSOR_MAX_CHARACTERS = 800;",
		tests: FOLDED,
	},
	{
		file: "server/offboarding/delete-workspace.store.ts",
		original: "foldText(name) !==",
		replacement: "name.trim() !==",
		tests: FOLDED,
	},
	{
		file: "server/keys/manage/creation-requests.store.ts",
		original: '.where("created_at", ">", db.now - KEPT_MS)',
		replacement: "",
		tests: IDEMPOTENCY,
	},
	{
		file: "server/keys/manage/creation-requests.store.ts",
		original: '.where("account_id", "=", accountId)',
		replacement: "",
		tests: IDEMPOTENCY,
	},
	{
		file: "server/keys/manage/creation-requests.store.ts",
		original: '.where("workspace_id", "=", workspaceId)',
		replacement: "",
		tests: IDEMPOTENCY,
	},
	{
		file: "server/keys/manage/creation-requests.store.ts",
		original: "doUpdateSet(row)",
		replacement: "doNothing()",
		tests: IDEMPOTENCY,
	},
	{
		file: "server/keys/manage/idempotency-key.ts",
		original: ".sort(([a], [b]) => (a < b ? -1 : 1))",
		replacement: "",
		tests: IDEMPOTENCY,
	},
	{
		file: "server/keys/manage/idempotency-key.ts",
		original: "{1,255}",
		replacement: "+",
		tests: IDEMPOTENCY,
	},
	{
		file: "server/dashboard/keys/label-form.tsx",
		original: "createKey(props.workspaceId, body, attempt)",
		replacement: "createKey(props.workspaceId, body, crypto.randomUUID())",
		tests: NEW_KEY,
	},
	{
		file: "server/dashboard/keys/label-form.tsx",
		original: 'if (lost() || error.code === "idempotency_key_reused") attempt',
		replacement: "if (false) attempt",
		tests: NEW_KEY,
	},
	{
		file: "server/dashboard/styles/base.css",
		original: ":where(th, td) {\n\toverflow: clip;\n}",
		replacement: "",
		tests: ["browser/keys.test.ts"],
	},
];
