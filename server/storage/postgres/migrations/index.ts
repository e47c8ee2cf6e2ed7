import { accounts } from "./accounts.ts";
import { functions } from "./functions.ts";
import { gameServers } from "./game-servers.ts";
import { keys } from "./keys.ts";
import { pairings } from "./pairings.ts";
import { people } from "./people.ts";
import { turn } from "./turn.ts";
import { usageLog } from "./usage-log.ts";

/** In order, and never edited once released: a database's version is the number of migrations it has had. */
export const migrations: readonly string[] = [
	[functions, accounts, keys, pairings, people, turn].join("\n"),
	gameServers,
	usageLog,
];
