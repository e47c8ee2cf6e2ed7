import { isWellFormedKey, KEY_HINT_CHARACTERS } from "../../../shared/key-format.js";
import { displayText, redactKeys, SENTENCE_CHARACTERS } from "../text/display-text";

/** The parts of backend responses the plugin uses, validated at run time. Roblox decodes null as nil. */
export interface Started {
	deviceCode: string;
	userCode: string;
	verificationUri: string;
	expiresInSeconds: number;
	intervalSeconds: number;
}

export interface Granted {
	key: string;
	keyId: string;
	label: string;
	workspaceId: string;
	workspaceName: string;
	approvedBy: string;
}

export interface KeyReport {
	workspaceId: string;
	workspaceName: string;
	keyId: string;
	label: string;
	lastServerAt?: string;
	/** Undefined if there is none, or if the server does not say. */
	replaces?: ReplacedKey;
}

/** The key that the one in the place replaces. */
export interface ReplacedKey {
	id: string;
	hint: string;
	isRevoked: boolean;
	revokedAt?: string;
	liveServers: number;
	/** Undefined if it is kept. `done` shows as revoked. */
	retirement?: "waiting" | "asking";
	/** No server needs it any more. */
	isSafe: boolean;
}

export interface ErrorReport {
	/** The `error` of an OAuth error, or the `code` of a problem. */
	code: string;
	description?: string;
}

type Fields = Map<string, unknown>;

const MAX_TEXT_BYTES = 2000;
const MAX_ADDRESS_CHARACTERS = 300;
const MAX_USER_CODE_CHARACTERS = 32;
const MAX_LIFETIME_SECONDS = 86_400;
const MAX_INTERVAL_SECONDS = 60;
const MAX_SERVERS = 1_000_000;
const HINT = `^${string.rep("%x", KEY_HINT_CHARACTERS)}$`;

function fields(value: unknown): Fields {
	return typeIs(value, "table") ? (value as Fields) : new Map<string, unknown>();
}

/** An opaque text, compared and sent back but never displayed. */
function token(value: unknown): string | undefined {
	if (!typeIs(value, "string") || value.size() > MAX_TEXT_BYTES) return undefined;
	return value.match("^[!-~]+$")[0] === undefined ? undefined : value;
}

/** A text for display. */
function text(value: unknown, max?: number): string | undefined {
	if (!typeIs(value, "string") || value === "" || value.size() > MAX_TEXT_BYTES) return undefined;
	return displayText(value, max);
}

/** A URL for the user to open, exactly as sent. */
function address(value: unknown): string | undefined {
	const sent = token(value);
	if (sent === undefined || sent.size() > MAX_ADDRESS_CHARACTERS || redactKeys(sent) !== sent) return undefined;
	return sent.match("^https?://")[0] === undefined ? undefined : sent;
}

function numberBetween(value: unknown, min: number, max: number): number | undefined {
	return typeIs(value, "number") && value >= min && value <= max ? value : undefined;
}

export function isKeyId(value: unknown): value is string {
	return typeIs(value, "string") && value.size() <= 64 && value.match("^key_%w+$")[0] !== undefined;
}

export function readStarted(body: unknown): Started | undefined {
	const response = fields(body);
	const deviceCode = token(response.get("device_code"));
	const userCode = token(response.get("user_code"));
	const verificationUri =
		address(response.get("verification_uri_complete")) ?? address(response.get("verification_uri"));
	const expiresInSeconds = numberBetween(response.get("expires_in"), 1, MAX_LIFETIME_SECONDS);
	const intervalSeconds = numberBetween(response.get("interval") ?? 5, 0.1, MAX_INTERVAL_SECONDS);
	if (deviceCode === undefined || userCode === undefined || verificationUri === undefined) return undefined;
	if (expiresInSeconds === undefined || intervalSeconds === undefined) return undefined;
	if (userCode.size() > MAX_USER_CODE_CHARACTERS || userCode.match("^[%w%-]+$")[0] === undefined) return undefined;
	return { deviceCode, userCode, verificationUri, expiresInSeconds, intervalSeconds };
}

export function readGranted(body: unknown): Granted | undefined {
	const response = fields(body);
	const key = response.get("access_token");
	const keyId = fields(response.get("key")).get("id");
	const label = text(fields(response.get("key")).get("label"));
	const workspaceId = token(fields(response.get("workspace")).get("id"));
	const workspaceName = text(fields(response.get("workspace")).get("name"));
	const approvedBy = text(response.get("approved_by"));
	if (!typeIs(key, "string") || !isWellFormedKey(key) || !isKeyId(keyId) || label === undefined) return undefined;
	if (workspaceId === undefined || workspaceName === undefined || approvedBy === undefined) return undefined;
	return { key, keyId, label, workspaceId, workspaceName, approvedBy };
}

function readReplaced(value: unknown): ReplacedKey | undefined {
	const replaced = fields(value);
	const [id, state, hint] = [replaced.get("id"), replaced.get("state"), replaced.get("hint")];
	const liveServers = numberBetween(replaced.get("liveServers"), 0, MAX_SERVERS);
	if (!isKeyId(id) || !typeIs(hint, "string") || hint.match(HINT)[0] === undefined) return undefined;
	if ((state !== "active" && state !== "revoked") || liveServers === undefined) return undefined;
	const retirement = replaced.get("retirement");
	return {
		id,
		hint,
		isRevoked: state === "revoked",
		revokedAt: token(replaced.get("revokedAt")),
		liveServers: math.floor(liveServers),
		retirement: retirement === "waiting" || retirement === "asking" ? retirement : undefined,
		isSafe: replaced.get("safe") === true,
	};
}

export function readKeyReport(body: unknown): KeyReport | undefined {
	const response = fields(body);
	const workspaceId = token(fields(response.get("workspace")).get("id"));
	const workspaceName = text(fields(response.get("workspace")).get("name"));
	const key = fields(response.get("key"));
	const keyId = key.get("id");
	const label = text(key.get("label"));
	if (workspaceId === undefined || workspaceName === undefined || !isKeyId(keyId) || label === undefined) {
		return undefined;
	}
	const replaces = readReplaced(response.get("replaces"));
	return { workspaceId, workspaceName, keyId, label, lastServerAt: text(key.get("lastServerAt")), replaces };
}

export function readOAuthError(body: unknown): ErrorReport | undefined {
	const code = text(fields(body).get("error"));
	return code === undefined
		? undefined
		: { code, description: text(fields(body).get("error_description"), SENTENCE_CHARACTERS) };
}

export function readProblem(body: unknown): ErrorReport | undefined {
	const code = text(fields(body).get("code"));
	return code === undefined ? undefined : { code, description: text(fields(body).get("detail"), SENTENCE_CHARACTERS) };
}
