/** What of the server's tests runs on PostgreSQL each time: together, every store function. */
export const ON_POSTGRES: readonly string[] = ["test/server/people/*.test.ts"];

/** With `AUXVYN_TEST_ON_POSTGRES=all`: whatever opens its database as `build()` of test/server/helper.ts does. */
export const ALL_ON_POSTGRES = ["test/server/**/*.test.ts"];
/** Of these, what is about SQLite, or starts servers in processes of their own. */
export const NOT_ON_POSTGRES = ["test/server/{doctor,lint,processes,proxies,storage}/**"];
