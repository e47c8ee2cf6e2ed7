import type Database from "better-sqlite3";

import { accountsAndWorkspaces } from "./001-accounts-and-workspaces.ts";
import { keys } from "./002-keys.ts";
import { pairings } from "./003-pairings.ts";
import { usage } from "./004-usage.ts";
import { people } from "./005-people.ts";
import { passwordResets } from "./006-password-resets.ts";
import { randomEpoch } from "./007-random-epoch.ts";
import { backends } from "./008-backends.ts";
import { useInStudio } from "./009-use-in-studio.ts";
import { setupTokens } from "./010-setup-tokens.ts";
import { whoPairs } from "./011-who-pairs.ts";
import { provenAddresses } from "./012-proven-addresses.ts";
import { fairness } from "./013-fairness.ts";
import { clockInDoubt } from "./014-clock-in-doubt.ts";
import { foldedText } from "./015-folded-text.ts";
import { creationRequests } from "./016-creation-requests.ts";
import { pluginVersion } from "./017-plugin-version.ts";
import { withdrawals } from "./018-withdrawals.ts";
import { usageBatches } from "./019-usage-batches.ts";
import { gameServers } from "./020-game-servers.ts";
import { usageLog } from "./021-usage-log.ts";

/** SQL, or code for what SQL cannot do well. Runs in the migrating transaction. */
export type Migration = string | ((db: Database.Database) => void);

/** In order, and never edited once released: a database's version is the number of migrations it has had. */
export const migrations: readonly Migration[] = [
	accountsAndWorkspaces,
	keys,
	pairings,
	usage,
	people,
	passwordResets,
	randomEpoch,
	backends,
	useInStudio,
	setupTokens,
	whoPairs,
	provenAddresses,
	fairness,
	clockInDoubt,
	foldedText,
	creationRequests,
	pluginVersion,
	withdrawals,
	usageBatches,
	gameServers,
	usageLog,
];
