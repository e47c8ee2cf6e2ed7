import { PERSON_KEYS_MAX_COUNTED as KEYS_COUNTED } from "../../../shared/limits.ts";
import type { Role } from "../../../shared/wire.ts";
import { number } from "../ui/format.ts";

export const ROLE_NAMES: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "Member" };

/** For use in a sentence. */
export const ROLE_PHRASES: Record<Role, string> = { owner: "an owner", admin: "an admin", member: "a member" };

/** What a role can do: "An owner can …". */
export const ROLE_RIGHTS: Record<Role, string> = {
	owner: "manage people, keys and the workspace itself",
	admin: "generate, rename and delete keys, approve places, and manage backends",
	member: "see keys and activity, but not change anything",
};

/** "1 active key", or "more than 1,000 active keys": no more are counted. */
export function personKeysText(count: number): string {
	return count > KEYS_COUNTED ? `more than ${activeKeysText(KEYS_COUNTED)}` : activeKeysText(count);
}

/** "12", "1,000+" */
export function personKeysCount(count: number): string {
	return count > KEYS_COUNTED ? `${number(KEYS_COUNTED)}+` : number(count);
}

/** "1 active key", "12 active keys" */
export function activeKeysText(count: number): string {
	return `${number(count)} active ${count === 1 ? "key" : "keys"}`;
}
