import { KEYS_OF_PERSON_COUNTED as KEYS_COUNTED } from "../../../shared/limits.ts";
import type { Role } from "../../../shared/wire.ts";
import { number } from "../ui/format.ts";

export const ROLE_NAMES: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "Member" };

/** As part of a sentence. */
export const ROLE_PHRASES: Record<Role, string> = { owner: "an owner", admin: "an admin", member: "a member" };

export const ROLE_RIGHTS: Record<Role, string> = {
	owner: "manages people, keys and the workspace itself",
	admin: "generates, renames and deletes keys, and approves places",
	member: "sees keys and activity, and changes nothing",
};

/** A person's keys: "1 active key", "more than 1,000 active keys", as no more are counted. */
export function keysOfPersonWords(count: number): string {
	return count > KEYS_COUNTED ? `more than ${activeKeyWords(KEYS_COUNTED)}` : activeKeyWords(count);
}

/** "12", "1,000+" */
export function keysOfPersonFigure(count: number): string {
	return count > KEYS_COUNTED ? `${number(KEYS_COUNTED)}+` : number(count);
}

/** "1 active key", "12 active keys" */
export function activeKeyWords(count: number): string {
	return `${number(count)} active ${count === 1 ? "key" : "keys"}`;
}
