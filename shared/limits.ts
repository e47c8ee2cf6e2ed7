/** Limits shared by both sides of the wire. Units are in the names. */
export const LABEL_MAX_CODE_POINTS = 64;
export const WORKSPACE_NAME_MAX_CODE_POINTS = 64;
export const BACKEND_NAME_MAX_CODE_POINTS = 64;
/** Short enough for "<name>'s workspace" to be a workspace name. */
export const ACCOUNT_NAME_MAX_CODE_POINTS = 50;
export const PLACE_NAME_MAX_CODE_POINTS = 100;
/** As long as a label. */
export const SEARCH_MAX_CODE_POINTS = 64;
/** A person's active keys in a workspace are counted up to one more than this. */
export const PERSON_KEYS_MAX_COUNTED = 1_000;
export const USER_CODE_CHARACTERS = 8;
/** No vowels, no look-alikes: RFC 8628 §6.1. */
export const USER_CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
export const POLL_INTERVAL_SECONDS = 2;
/** An open event stream is never silent for longer. */
export const HEARTBEAT_SECONDS = 10;
/** Better Auth's minimum. */
export const PASSWORD_MIN_CHARACTERS = 8;
