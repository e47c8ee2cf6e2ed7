import { ConfigError } from "./config-error.ts";

export interface BackupSettings {
	/** Undefined: no scheduled backups. */
	everyMs: number | undefined;
	/** How many scheduled backups are kept. */
	keep: number;
	/** Program and arguments, run after each backup. */
	command: string[] | undefined;
}

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const MIN_MS = 60_000;
const MAX_MS = 365 * 86_400_000;

/** @throws ConfigError */
export function backupSettings({
	every,
	keep,
	command,
}: {
	every: string | undefined;
	keep: number;
	command: string | undefined;
}): BackupSettings {
	return { everyMs: every === undefined ? undefined : duration(every), keep, command: command?.split(/\s+/) };
}

function duration(text: string): number {
	const [, count = "", unit = ""] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
	const milliseconds = Number(count) * (UNITS[unit] ?? 0);
	if (milliseconds >= MIN_MS && milliseconds <= MAX_MS) return milliseconds;
	throw new ConfigError("BACKUP_EVERY must be minutes, hours or days, up to a year: for example 30m, 6h or 1d.");
}
