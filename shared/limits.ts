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
/** A key's game servers that are kept, for 14 days. */
export const SERVERS_MAX_KEPT = 2_000;
/** Two heartbeats of the runtime and some more: a server not heard from for longer is taken for gone. */
export const SERVER_LIVE_SECONDS = 180;
/** Versions of places in a key's summary. */
export const VERSIONS_MAX_SHOWN = 100;
/** Places of a key that a retirement can judge. */
export const PLACES_MAX_KEPT = 200;
/** How long nothing may use a key before it is retired, of the server's running time. */
export const SILENCE_MINUTES = 30;
/** A retirement that takes longer asks a person. */
export const RETIREMENT_MAX_DAYS = 7;
