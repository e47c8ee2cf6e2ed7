/** Counted by each server, in memory (docs/postgres.md). */
const LIMIT = "each server counts attempts for itself";
const ROOM = "each server has its own room for work";
const METRICS = "each server's metrics are its own";
const STORAGE = "it looks at what one server asks of its storage";
const LOG = "each server says it in its log";

/**
 * Tests of what each server has for itself, by file, and then by how the test's full name begins, with the reason. They run
 * on one server where `AUXVYN_TEST_SERVERS` has the others run on several.
 */
export const PER_SERVER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	"accounts/crowded": { "a crowd of wrong sign-ins": ROOM, guesses: LIMIT },
	"accounts/locked-database": { "a rush of sign-ins": ROOM },
	"accounts/password-reset": {
		"a forgotten password > limits": LIMIT,
		"a password reset link > clears earlier failed sign-in attempts": LIMIT,
	},
	"accounts/profile": { "the password > shares its limit on failed attempts": LIMIT },
	"accounts/setup": { "the set-up link > can be looked at without using it up, thirty times": LIMIT },
	"accounts/sign-in": {
		"signing up > is limited to 60 per address": LIMIT,
		"signing in > is refused": LIMIT,
		"signing in > counts parallel guesses": LIMIT,
		"signing in > hashes at most eight passwords": ROOM,
		"signing in > tells clients apart behind a trusted proxy": LIMIT,
	},
	"accounts/verify-address": {
		"a sign-up where mail is configured and everyone may sign up > by a stranger keeps the address's owner": LIMIT,
		"a sign-up where mail is configured and everyone may sign up > limits guesses": LIMIT,
		"a sign-up where mail is configured and everyone may sign up > is mailed to one address at most five times": LIMIT,
	},
	"backends/introspection": { "introspection > limits wrong secrets": LIMIT },
	"disk-floor": { "below the floor of free disk > the server is ready, and says that the disk is low": LOG },
	"http/documents": { "the API's description and its page > are made once": "each server makes its own" },
	"keys/both-ways": { "what games and proxies send": "it looks at one server's router" },
	"keys/authentication": {
		"authenticating a key > still uses the cache": "each server has its own cache",
		"authenticating a key > counts outcomes": METRICS,
		"authenticating a key > limits invalid keys": LIMIT,
	},
	"keys/forward-auth": { "forward-auth > appears in the metrics": METRICS },
	"keys/usage": {
		"usage > counts a game's requests, with the first and last of its servers":
			"a server hears of another's game servers within ten seconds",
	},
	"pairing/bad-input": {
		"OAuth routes > limit an address to 60 new pairings": LIMIT,
		"OAuth routes > write nothing for wrong secrets": LIMIT,
	},
	"pairing/pairing": {
		"pairing a place with a workspace > responds with slow_down": "each server remembers the polls that it answered",
	},
	"pairing/previous-key": {
		"the key that a place has on reconnect > is not looked at from an address that has guessed": LIMIT,
	},
	"people/invitations": { "guessing invitations > is limited": LIMIT },
	turns: { "a member": STORAGE, revocation: STORAGE },
	"workspaces/workspaces": { "workspaces > have rate limits": LIMIT },
	"wrong-clock": {
		"a server that was started once with a clock a year ahead > believes": LOG,
		"a clock that steps while the server runs": LOG,
	},
};

/** Why the test is of one server alone; undefined if it is not. */
export function perServerReason(file: string, name: string): string | undefined {
	const [, short = ""] = /test\/server\/(.+)\.test\.ts$/.exec(file) ?? [];
	return Object.entries(PER_SERVER[short] ?? {}).find(([beginning]) => name.startsWith(beginning))?.[1];
}
