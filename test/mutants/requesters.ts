import type { Mutant } from "./mutant.ts";

const PREVIOUS_KEY = ["server/pairing/previous-key.test.ts"];
const REQUESTER = ["server/pairing/requester.test.ts"];
const PAGE = ["browser/pairing.test.ts"];

/** Who requests a pairing, and the key that they prove to hold. */
export const requesters: readonly Mutant[] = [
	{
		file: "server/pairing/approval.store.ts",
		original: "if (pairing.proven_key_id === null) throw previousKeyUnproven();",
		replacement: "",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/pairing/approval.store.ts",
		original: "if (pairing.previous?.workspaceId !== workspaceId) throw previousKeyElsewhere();",
		replacement: "",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/pairing/approval.store.ts",
		original: 'if (pairing.status !== "pending") return reload(db, pairing, approver);',
		replacement:
			'if (pairing.status !== "pending") return { ...(await reload(db, pairing, approver)), alert: await findConnectionAlert(db, { pairing, ...answer, approver }) as ConnectionAlert };',
		tests: REQUESTER,
	},
	{
		file: "server/pairing/previous-key.store.ts",
		original: 'fn.coalesce(ref("p.proven_key_id"), ref("p.reported_key_id"))',
		replacement: 'fn.coalesce(ref("p.reported_key_id"), ref("p.proven_key_id"))',
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/pairing/previous-key.store.ts",
		original: '.onRef("k.workspace_id", "=", "p.workspace_id")',
		replacement: "",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/pairing/viewed-pairing.store.ts",
		original: 'fn.coalesce(ref("p.proven_key_id"), ref("p.reported_key_id"))',
		replacement: 'ref("p.reported_key_id")',
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/keys/authenticate/key-proof.ts",
		original: "if (failures.retryAfter(address) !== undefined) return undefined;",
		replacement: "",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/keys/authenticate/key-proof.ts",
		original: "if (keyId === undefined) failures.hit(address);",
		replacement: "if (keyId === undefined) return undefined;",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/keys/authenticate/key-proof.ts",
		original: 'else usage.recordFromStudio(keyId, clock.now(), "plugin");',
		replacement: "else usage.record(keyId, clock.now(), false);",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/keys/authenticate/authenticate.store.ts",
		original: " AND (k.sealed_at IS NOT NULL OR k.confirm_by > ${db.now})",
		replacement: "",
		tests: PREVIOUS_KEY,
	},
	{
		file: "server/pairing/requested-from.ts",
		original: "if (isForwarded(pairing) || viewer.isForwarded)",
		replacement: "if (isForwarded(pairing))",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/requested-from.ts",
		original: "if (poller.isForwarded && !isForwarded(pairing)) return true;",
		replacement: "",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/requested-from.ts",
		original: " || networkOf(pairing.polled_from) === startedFrom",
		replacement: "",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/requested-from.ts",
		original: "return pairing.polled_from === null && poller.agent !== pairing.started_agent;",
		replacement: "return true;",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/requested-from.ts",
		original: "suspicionOf(polled.address, viewer) > suspicionOf(started.address, viewer)",
		replacement: "true",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/requested-from.ts",
		original: "return theirs.family === yours.family ? false : null;",
		replacement: "return false;",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/requester.ts",
		original: "redactKeys(printable)",
		replacement: "printable",
		tests: ["server/keys/secrecy.test.ts"],
	},
	{
		file: "server/pairing/connection-alert.store.ts",
		original: "if (sameAsYours === true) return undefined;",
		replacement: "",
		tests: REQUESTER,
	},
	{
		file: "server/pairing/connection-alert.store.ts",
		original: '.where("m.role", "in", ["owner", "admin"])',
		replacement: "",
		tests: REQUESTER,
	},
	{
		file: "server/http/address.ts",
		original: 'if (network === "::") return { family, network: LOOPBACK };',
		replacement: "",
		tests: REQUESTER,
	},
	{
		file: "server/http/forwarded.ts",
		original: "if (!hasForwardingHeaders(request) || isTrusted(request)) return false;",
		replacement: "if (!hasForwardingHeaders(request)) return false;",
		tests: ["server/http/health.test.ts"],
	},
	{
		file: "server/http/untrusted-proxy.ts",
		original: "isFound = true;",
		replacement: "",
		tests: ["server/http/health.test.ts"],
	},
	{
		file: "server/dashboard/pairing/review.tsx",
		original: "when={props.typed || props.pairing.requestedFrom.sameAsYours === true}",
		replacement: "when={props.typed || props.pairing.requestedFrom.sameAsYours !== false}",
		tests: PAGE,
	},
	{
		file: "server/dashboard/pairing/pair-page.tsx",
		original: "lookUp({ code: code(), typed: false }, true)",
		replacement: "lookUp({ code: code(), typed: true }, true)",
		tests: PAGE,
	},
];
