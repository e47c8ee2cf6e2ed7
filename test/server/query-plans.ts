import Database from "better-sqlite3";
import { onTestFinished, vi } from "vitest";

import type { SqliteDatabase } from "../../server/storage/sqlite/open-database.ts";

interface Step {
	id: number;
	parent: number;
	detail: string;
}

/** Tables with a row for every key, use or event: none of them may be read from end to end. */
const LARGE = ["api_key", "key_usage", "key_minute", "activity"];
const READS_ALL = /^SCAN (\S+)(?! VIRTUAL TABLE)(?: USING .*)?$/;
/** A whole hour or minute of all keys. */
const READS_PERIOD = /^SEARCH (\S+) .*\((hour|span)=\?\)$/;
const READS_FIRST = /^delete .*\(select [^()]+ order by "id" limit \?\)/;
const READS_WORKSPACE = /^SEARCH (\S+) .*\(workspace_id=\?\)$/;

/** Every query that is prepared in this thread until the test ends. */
export function recordQueries(): Set<string> {
	const queries = new Set<string>();
	const { prepare } = Database.prototype;
	const spy = vi.spyOn(Database.prototype, "prepare").mockImplementation(function (
		this: Database.Database,
		sql: string,
	) {
		queries.add(sql);
		return prepare.call(this, sql);
	});
	onTestFinished(() => spy.mockRestore());
	return queries;
}

export function planOf(db: SqliteDatabase, sql: string): Step[] {
	if (!/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(sql)) return [];
	const named = [...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, null]);
	const parameters: unknown[] = [...sql.matchAll(/\?/g)].map(() => null);
	if (named.length > 0) parameters.push(Object.fromEntries(named));
	return db.prepare<unknown[], Step>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
}

/** What of a query would take too long with 100,000 keys: whole tables, and a whole workspace for each of many rows. */
export function slowSteps(db: SqliteDatabase, sql: string): string[] {
	const steps = planOf(db, sql);
	return steps.filter((step) => isSlow(step, steps, sql)).map(({ detail }) => detail);
}

function isSlow(step: Step, steps: Step[], sql: string): boolean {
	const isLarge = (name = "") => LARGE.includes(name) || LARGE.includes(tableOf(name, sql));
	// The oldest few of a sweep.
	if (READS_FIRST.test(sql)) return false;
	if (isLarge(READS_ALL.exec(step.detail)?.[1]) || isLarge(READS_PERIOD.exec(step.detail)?.[1])) return true;
	if (!isLarge(READS_WORKSPACE.exec(step.detail)?.[1])) return false;
	const isInner = steps.some(
		({ id, parent, detail }) => parent === step.parent && id < step.id && /^(SCAN|SEARCH) /.test(detail),
	);
	return isInner || steps.some(({ id, detail }) => id === step.parent && detail.startsWith("CORRELATED"));
}

/** Plans have aliases. */
function tableOf(alias: string, sql: string): string {
	return new RegExp(`"?\\b(\\w+)"?(?: AS)? "?${alias}\\b`, "i").exec(sql)?.[1] ?? alias;
}
