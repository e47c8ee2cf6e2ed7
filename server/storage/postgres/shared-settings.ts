import { createHmac } from "node:crypto";

import type { Session } from "./session.ts";

/** A setting that all servers on one database must have the same, and a number in place of its value. */
export interface SharedSetting {
	name: string;
	digest: number;
}

/** Of advisory locks: one for each setting, by its place in the list. Arbitrary, but the same for ever. */
const FIRST_CLASS = 7_227_010;

/** @param values by name; always the same names in the same order */
export function sharedSettings(values: Readonly<Record<string, string>>): SharedSetting[] {
	// 32 bits, from which no secret can be told.
	return Object.entries(values).map(([name, value]) => ({
		name,
		digest: createHmac("sha256", value).update(name).digest().readInt32BE(0),
	}));
}

/** Lets other servers see, for as long as the session lasts, what this one has. Never waits. */
async function announceSettings(session: Session, settings: readonly SharedSetting[]): Promise<void> {
	for (const [index, { digest }] of settings.entries())
		await session.run("SELECT pg_try_advisory_lock_shared($1::int, $2::int)", [FIRST_CLASS + index, digest]);
}

/** The names of those that a running server has otherwise. */
export async function settingsThatDiffer(session: Session, settings: readonly SharedSetting[]): Promise<string[]> {
	// pg_locks has both numbers without their signs.
	const { rows } = await session.run<{ class: number; digest: number }>(
		`SELECT DISTINCT classid::bigint AS class, objid::bigint AS digest FROM pg_locks
		WHERE locktype = 'advisory' AND objsubid = 2
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
	);
	return settings.flatMap(({ name, digest }, index) =>
		rows.some((lock) => lock.class === FIRST_CLASS + index && lock.digest !== digest >>> 0) ? [name] : [],
	);
}

/** Announces what this server has, and warns of what another one has otherwise, once. */
export function createAgreement(settings: readonly SharedSetting[], warn: (text: string) => void) {
	const warned = new Set<string>();

	return async (session: Session): Promise<void> => {
		await announceSettings(session, settings);
		for (const name of await settingsThatDiffer(session, settings)) {
			if (!warned.has(name)) warn(differenceIn(name));
			warned.add(name);
		}
	};
}

/** For an operator. */
export function differenceIn(name: string): string {
	return `Another server on the database has another ${name}: set the same for all, or people are signed out and get wrong links, depending on which server they reach.`;
}
