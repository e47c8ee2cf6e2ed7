/** Limits that both sides of the wire know. Units are in the names. */
export const LABEL_MAX_CODE_POINTS = 64;
export const PLACE_NAME_MAX_CODE_POINTS = 100;
/** As long as a label. */
export const SEARCH_MAX_CODE_POINTS = 64;
/** A person's active keys in a workspace are counted so far, and one further. */
export const KEYS_OF_PERSON_COUNTED = 1_000;
export const USER_CODE_CHARACTERS = 8;
/** No vowels, no look-alikes: RFC 8628 §6.1. */
export const USER_CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
export const POLL_INTERVAL_SECONDS = 2;
/** Better Auth's own floor. */
export const PASSWORD_MIN_CHARACTERS = 8;
