/** What of the server's tests runs on PostgreSQL each time. Together it runs nearly every store function. */
export const ON_POSTGRES: readonly string[] = [
	"accounts/account-activity",
	"accounts/locked-database",
	"accounts/session",
	"accounts/setup",
	"accounts/verify-address",
	"backends/introspection",
	"checklist/questions",
	"first-load",
	"http/kept-text",
	"keys/authentication",
	"keys/idempotency",
	"keys/usage-log",
	"live/live",
	"maintenance",
	"offboarding/members",
	"offboarding/review",
	"pairing/codes",
	"pairing/full",
	"pairing/pairing",
	"pairing/requester",
	"processes/exact-revocation",
	"processes/live",
	"processes/revocations",
	"quotas/quotas",
	"rotation/retirement",
	"rotation/servers",
	"turns",
	"wrong-clock",
].map((name) => `test/server/${name}.test.ts`);

/** With `AUXVYN_TEST_ON_POSTGRES=all`: whatever opens its database by `build()` of test/server/helper.ts. */
export const ALL_ON_POSTGRES: readonly string[] = ["test/server/**/*.test.ts"];
/** Of these, what is about SQLite, or about no database, or starts servers with settings of its own. */
export const NOT_ON_POSTGRES: readonly string[] = [
	"test/server/{doctor,lint,proxies,storage}/**",
	"test/server/processes/{backup-commands,backup-rounds,bad-disk,dead-log,file-modes,first-start,interrupted-backup,log-volume,terminal}.test.ts",
	"test/server/{disk-floor,query-plans}.test.ts",
];
