import type { Mutant } from "./mutant.ts";

const LINE = ["server/http/fair-line.test.ts"];
const NETWORKS = ["server/http/networks.test.ts"];
const CROWDED = ["server/accounts/crowded.test.ts"];
const ATTEMPTS = ["server/accounts/attempts.test.ts"];
const FULL = ["server/pairing/full.test.ts"];
const QUOTAS = ["server/quotas"];
const MAILER = ["server/mail/mailer.test.ts"];
const ALERTS = ["server/pairing/requester.test.ts"];
const DISK = ["server/disk-floor.test.ts"];

export const fairness: readonly Mutant[] = [
	{
		file: "server/http/network-limits.ts",
		original: "max: options.max * shares",
		replacement: "max: options.max",
		tests: NETWORKS,
	},
	{
		file: "server/http/networks.ts",
		original: "`${ipv6Network(address, 48)}/48`",
		replacement: "`${ipv6Network(address, 56)}/48`",
		tests: NETWORKS,
	},
	{
		file: "server/http/fair-line.ts",
		original: "count / shares > heaviest.weight",
		replacement: "shares === 1 && count > heaviest.weight",
		tests: LINE,
	},
	{
		file: "server/http/fair-line.ts",
		original: "isShareExceeded || others.length === 0 ? all : others",
		replacement: "all",
		tests: LINE,
	},
	{
		file: "server/http/fair-line.ts",
		original: "line.sort((a, b) => lastTurnOf(a) - lastTurnOf(b))",
		replacement: "line",
		tests: LINE,
	},
	{
		file: "server/accounts/sessions/pace.ts",
		original: "2 ** (found.count - free)",
		replacement: "2",
		tests: CROWDED,
	},
	{
		file: "server/accounts/sessions/device-cookie.ts",
		original: "given.length === expected.length && timingSafeEqual(given, expected)",
		replacement: "true",
		tests: CROWDED,
	},
	{
		file: "server/accounts/sessions/device-cookie.ts",
		original: "device.day > today - LIFETIME_DAYS",
		replacement: "device.day > 0",
		tests: CROWDED,
	},
	{
		file: "server/accounts/sessions/visitors.ts",
		original: "const own = devices.find((each) => each.accountId === accountId);",
		replacement: "const own = devices[0];",
		tests: CROWDED,
	},
	{
		file: "server/accounts/sessions/attempts.ts",
		original: "deviceFailures[change](device);\n\t\t\t\t\tfreeDevice",
		replacement: "freeDevice",
		tests: CROWDED,
	},
	{
		file: "server/pairing/make-room.store.ts",
		original: "others && !isShareExceeded ? [0] : [0, 1]",
		replacement: "[0, 1]",
		tests: FULL,
	},
	{
		file: "server/pairing/make-room.store.ts",
		original: '.where("claimed_by", "is", null)',
		replacement: "",
		tests: FULL,
	},
	{
		file: "server/pairing/start.store.ts",
		original: "provenKeyId !== null || ",
		replacement: "",
		tests: FULL,
	},
	{
		file: "server/pairing/open-code.store.ts",
		original: "await releaseSurplus(db, accountId);",
		replacement: "",
		tests: FULL,
	},
	{
		file: "server/quotas/quotas.store.ts",
		original: "limits.set(name, perAddress * shares)",
		replacement: "limits.set(name, Infinity)",
		tests: QUOTAS,
	},
	{
		file: "server/activity/record.store.ts",
		original: '"pairing.approved": "keys",',
		replacement: "",
		tests: QUOTAS,
	},
	{
		file: "server/storage/sqlite/storage.ts",
		original: "if (!reserve && isDiskLow())",
		replacement: 'if (priority !== "low" && isDiskLow())',
		tests: DISK,
	},
	{
		file: "server/storage/sqlite/disk-floor.ts",
		original: "wasLow ? RECOVERY_SHARE : 1",
		replacement: "1",
		tests: DISK,
	},
	{
		file: "server/accounts/sessions/attempts.ts",
		original: "\t\t\trequireHashing(address);\n",
		replacement: "",
		tests: ATTEMPTS,
	},
	{
		file: "server/http/counted-map.ts",
		original: "if (counter.count > 0) map.set(key, counter);\n\t\telse map.delete(key);",
		replacement: "map.set(key, counter);",
		tests: ["server/http/counted-map.test.ts"],
	},
	{
		file: "server/http/counted-map.ts",
		original: "counter.count > 1 ?",
		replacement: "counter.count > 100 ?",
		tests: ATTEMPTS,
	},
	{
		file: "server/accounts/sessions/device-cookie.ts",
		original: "passwordMark === markOf(passwordHash)",
		replacement: "passwordMark !== passwordHash",
		tests: CROWDED,
	},
	{
		file: "server/accounts/sessions/attempts.ts",
		original: " || areDevicesUsedUp ?",
		replacement: " ?",
		tests: CROWDED,
	},
	{
		file: "server/accounts/sessions/attempts.ts",
		original: "device === undefined || freeDeviceFailures.retryAfter(device) !== undefined",
		replacement: "device === undefined",
		tests: CROWDED,
	},
	{
		file: "server/accounts/profile/profile.routes.ts",
		original: "if (visitors.hasDevice(request, accountId)) {",
		replacement: 'if (visitors.hasDevice(request, accountId) && accountId === "") {',
		tests: CROWDED,
	},
	{
		file: "server/mail/mailer.ts",
		original: "pendingIn(line) >= MAX_PENDING * line.share",
		replacement: "pendingIn(line) >= MAX_PENDING",
		tests: MAILER,
	},
	{
		file: "server/mail/mailer.ts",
		original: "line.sending < MAX_SENDING * line.share",
		replacement: "line.sending < MAX_SENDING",
		tests: MAILER,
	},
	{
		file: "server/mail/connection-mail.ts",
		original: "isAlert: true,",
		replacement: "",
		tests: ALERTS,
	},
	{
		file: "server/mail/connection-mail.ts",
		original: '"[$&]"',
		replacement: '"$&"',
		tests: ALERTS,
	},
	{
		file: "server/pairing/connection-alert.store.ts",
		original: '.where("u.emailVerified", "=", 1)',
		replacement: "",
		tests: ALERTS,
	},
	{
		file: "server/quotas/alert-quota.store.ts",
		original: "[workspaceId, scaled(db, MAX_PER_WORKSPACE)],",
		replacement: "[workspaceId, Infinity],",
		tests: ALERTS,
	},
	{
		file: "server/quotas/quotas.store.ts",
		original: "!(isSure && user !== accountId)",
		replacement: "user !== undefined",
		tests: QUOTAS,
	},
	{
		file: "server/quotas/quotas.store.ts",
		original: "used > scaled(db, limits.get(user) ?? 0) && !(isSure && user !== accountId)",
		replacement: "used > scaled(db, limits.get(user) ?? 0) && !isSure && user === accountId",
		tests: QUOTAS,
	},
];
