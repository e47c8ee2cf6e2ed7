import Database from "better-sqlite3";
import { onTestFinished, vi } from "vitest";

import type { SqliteDatabase } from "../../server/storage/sqlite/open-database.ts";

interface Step {
	id: number;
	parent: number;
	detail: string;
}

/** Tables with a row per key, use or event, which must never be read as a whole. */
const LARGE = [
	"api_key",
	"key_usage",
	"key_minute",
	"key_studio_usage",
	"key_server",
	"key_place",
	"retirement",
	"activity",
];
const READS_ALL = /^SCAN (\S+)(?! VIRTUAL TABLE)(?: USING .*)?$/;
/** All keys in a whole hour or span. */
const READS_PERIOD = /^SEARCH (\S+) .*\((hour|span)=\?\)$/;
const READS_FIRST = /^delete .*\(select [^()]+ order by "id" limit \?\)/;
const READS_WORKSPACE = /^SEARCH (\S+) .*\(workspace_id=\?\)$/;

/** Records the queries prepared in this thread until the test ends. */
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

/** The steps that are slow with 100,000 keys: reading a whole table, or a whole workspace for each of many rows. */
export function slowSteps(db: SqliteDatabase, sql: string): string[] {
	const steps = planOf(db, sql);
	return steps.filter((step) => isSlow(step, steps, sql)).map(({ detail }) => detail);
}

function isSlow(step: Step, steps: Step[], sql: string): boolean {
	const isLarge = (name = "") => LARGE.includes(name) || LARGE.includes(tableOf(name, sql));
	// A sweep of the oldest few rows.
	if (READS_FIRST.test(sql)) return false;
	if (isLarge(READS_ALL.exec(step.detail)?.[1]) || isLarge(READS_PERIOD.exec(step.detail)?.[1])) return true;
	if (!isLarge(READS_WORKSPACE.exec(step.detail)?.[1])) return false;
	const isInner = steps.some(
		({ id, parent, detail }) => parent === step.parent && id < step.id && /^(SCAN|SEARCH) /.test(detail),
	);
	return isInner || steps.some(({ id, detail }) => id === step.parent && detail.startsWith("CORRELATED"));
}

/** The table behind a plan's alias. */
function tableOf(alias: string, sql: string): string {
	return new RegExp(`"?\\b(\\w+)"?(?: AS)? "?${alias}\\b`, "i").exec(sql)?.[1] ?? alias;
}
