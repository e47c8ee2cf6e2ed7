import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type SharedSetting, sharedSettings } from "./storage/postgres/shared-settings.ts";
import { openPostgres } from "./storage/postgres/storage.ts";
import { databasePath } from "./storage/sqlite/open-database.ts";
import { openSqlite } from "./storage/sqlite/storage.ts";
import type { Threads } from "./storage/sqlite/thread.ts";
import type { Storage } from "./storage/storage.ts";
import type { StoreList } from "./storage/store-list.ts";
import { withdrawalsPath } from "./storage/withdrawals/withdrawals-file.ts";

export interface OpenOptions {
	clock: Clock;
	stores: StoreList;
	/** SQLite's, shared with other storages. */
	threads?: Threads | undefined;
	runTwice?: boolean | undefined;
	/** On PostgreSQL: whether this process keeps the file of withdrawals. Default: yes. */
	leads?: (() => boolean) | undefined;
	/** Whether the disk of `dataDir` is almost full. */
	isDiskLow?: (() => boolean) | undefined;
	warn?: ((text: string) => void) | undefined;
	/** Told that the start waits for the database. */
	say?: ((line: string) => void) | undefined;
}

/** What all servers on one PostgreSQL must have the same, or people notice which one they reach. */
export function sharedSettingsOf({ publicUrl, secret }: Config): SharedSetting[] {
	return sharedSettings({ PUBLIC_URL: publicUrl, AUXVYN_SECRET: secret ?? "" });
}

/**
 * Opens the database that the settings name.
 * @throws StorageError `unusable`
 */
export async function openStorage(config: Config, options: OpenOptions): Promise<Storage> {
	const { databaseUrl, dataDir, rateLimitScale: limitScale } = config;
	const { threads, isDiskLow, leads, warn, say, ...both } = options;
	if (databaseUrl !== undefined) {
		const withdrawalsFile = withdrawalsPath(databasePath(dataDir));
		const shared = sharedSettingsOf(config);
		return openPostgres({ url: databaseUrl, limitScale, withdrawalsFile, leads, shared, warn, say, ...both });
	}
	return openSqlite({ path: databasePath(dataDir), limitScale, threads, isDiskLow, warn, ...both });
}
