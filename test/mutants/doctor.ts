import type { Mutant } from "./mutant.ts";

const INSIDE = ["server/doctor/inside.test.ts"];
const OUTSIDE = ["server/doctor/outside.test.ts"];
const ADDRESS = ["server/doctor/address.test.ts"];
const CERTIFICATE = ["server/doctor/certificate.test.ts"];

/** What `npm run doctor` finds. */
export const doctor: readonly Mutant[] = [
	{
		file: "server/doctor-command.ts",
		original: 'if (findings.some(({ state }) => state === "problem")) process.exitCode = 1;',
		replacement: "",
		tests: INSIDE,
	},
	{
		file: "server/doctor/from-inside.ts",
		original: 'return json?.["status"] === "ok"',
		replacement: "return status === 200",
		tests: INSIDE,
	},
	{
		file: "server/doctor/from-inside.ts",
		original: "if (kind !== undefined) {",
		replacement: 'if (kind === "") {',
		tests: INSIDE,
	},
	{
		file: "server/doctor/from-inside.ts",
		original: "return bavail * bsize < floorBytes",
		replacement: "return bavail * bsize < 0",
		tests: INSIDE,
	},
	{
		file: "server/storage/sqlite/inspect-database.ts",
		original: 'if (version > migrations.length) return "was written',
		replacement: 'if (version < 0) return "was written',
		tests: INSIDE,
	},
	{
		file: "server/storage/sqlite/inspect-database.ts",
		original:
			'if (db.pragma("quick_check(1)", { simple: true }) !== "ok") return "is damaged: restore it from a backup";',
		replacement: "",
		tests: INSIDE,
	},
	{
		file: "server/doctor/own-address.ts",
		original: "return isElsewhere\n",
		replacement: "return isElsewhere || !isElsewhere\n",
		tests: INSIDE,
	},
	{
		file: "server/doctor/mail.ts",
		original: "requireTLS: !secure",
		replacement: "requireTLS: false",
		tests: INSIDE,
	},
	{
		file: "server/doctor/mail.ts",
		original: 'return signUp === "open"',
		replacement: 'return signUp === "closed"',
		tests: INSIDE,
	},
	{
		file: "server/doctor/readiness.ts",
		original: ', { "x-forwarded-for": FORGED_ADDRESS }',
		replacement: "",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/readiness.ts",
		original: "challengeIn(reply) ?? whatElse",
		replacement: "whatElse",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/gate.ts",
		original: "if (!isNamed && !isPage) return undefined;",
		replacement: "if (!isNamed) return undefined;",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/games.ts",
		original: 'for (const name of ["authorization", "x-api-key"])',
		replacement: 'for (const name of ["authorization"])',
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/games.ts",
		original: '"user-agent": USER_AGENT, ',
		replacement: "",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/games.ts",
		original: "if (isBlockedPort(port)) {",
		replacement: "if (isBlockedPort(port) && port < 1024) {",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/clock.ts",
		original: "if (Math.abs(lead) > LEAD_SECONDS) {",
		replacement: "if (lead > LEAD_SECONDS) {",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/clock.ts",
		original: "return apart > TOLERANCE_SECONDS",
		replacement: "return apart < 0",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/downloads.ts",
		original: "return address === url.origin",
		replacement: "return address !== null",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/downloads.ts",
		original: "if (target !== undefined) return problem",
		replacement: "if (target === null) return problem",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/proxy.ts",
		original: "if (readiness.proxy?.trusted === false) {",
		replacement: "if (readiness.proxy?.trusted === true) {",
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/proxy.ts",
		original: "if (address === FORGED_ADDRESS) {",
		replacement: 'if (address === "") {',
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/proxy.ts",
		original: "return network === undefined",
		replacement: 'return network !== ""',
		tests: OUTSIDE,
	},
	{
		file: "server/doctor/address.ts",
		original: "if (failed.length > 0) {",
		replacement: "if (failed.length > addresses.length) {",
		tests: ADDRESS,
	},
	{
		file: "server/doctor/address.ts",
		original: 'return failure === "ENOTFOUND"',
		replacement: 'return failure !== ""',
		tests: ADDRESS,
	},
	{
		file: "server/doctor/certificate.ts",
		original: "left < (validTo - validFrom) * OVERDUE_SHARE",
		replacement: "left < 0",
		tests: CERTIFICATE,
	},
	{
		file: "server/doctor/certificate.ts",
		original: "rejectUnauthorized: false",
		replacement: "rejectUnauthorized: true",
		tests: CERTIFICATE,
	},
];
