/**
 * What travels between backend, dashboard, plugin and game, named once. Times are ISO 8601 in UTC.
 * Runs in Node and in Studio, so it holds types and plain constants only.
 */
export const PROTOCOL_VERSION = "1";
export const OAUTH_CLIENT_ID = "auxvyn-studio";
export const DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** Request headers. Node sees them in lower case. */
export const HEADERS = {
	protocol: "X-Auxvyn-Protocol",
	studio: "X-Auxvyn-Studio",
	server: "X-Auxvyn-Server",
	place: "X-Auxvyn-Place",
	placeVersion: "X-Auxvyn-Place-Version",
} as const;

export const ROUTES = {
	deviceAuthorization: "/oauth/device_authorization",
	token: "/oauth/token",
	revoke: "/oauth/revoke",
	introspect: "/oauth/introspect",
	whoami: "/v1/whoami",
	forwardAuth: "/v1/forward-auth",
	plugin: "/plugin/Auxvyn.rbxmx",
} as const;

export type KeyState = "active" | "revoked";
export type KeyOrigin = "dashboard" | "studio";
export type Role = "owner" | "admin" | "member";
export type PairingStatus = "pending" | "approved" | "issued" | "sealed" | "denied" | "expired";
export type PairingIntent = "connect" | "reconnect";
/** What becomes of the key that a reconnect replaces. */
export type PreviousKeyFate = "keep" | "revoke";
export type AuthenticationErrorCode = "missing_key" | "malformed_key" | "unknown_key" | "revoked_key";

export interface PersonRef {
	id: string;
	name: string;
}

export interface WorkspaceRef {
	id: string;
	name: string;
}

export interface Workspace extends WorkspaceRef {
	role: Role;
}

export interface KeyPlace {
	placeId: string | null;
	universeId: string | null;
	name: string | null;
}

export interface Key {
	id: string;
	label: string;
	/** The key's last four characters. */
	hint: string;
	state: KeyState;
	origin: KeyOrigin;
	place: KeyPlace | null;
	createdAt: string;
	createdBy: PersonRef | null;
	/** When its first use sealed it; a key made in the dashboard counts as confirmed at once. */
	confirmedAt: string | null;
	lastUsedAt: string | null;
	firstServerAt: string | null;
	lastServerAt: string | null;
	requests24h: number;
	revokedAt: string | null;
	revokedBy: PersonRef | null;
	revokedReason: string | null;
}

export interface KeyList {
	keys: Key[];
	nextCursor: string | null;
}

/** With the token answer, the only shape that ever holds a key. */
export interface CreatedKey {
	key: Key;
	secret: string;
}

export interface WorkspaceList {
	workspaces: Workspace[];
}

export interface Pairing {
	/** As shown: `XXXX-XXXX`. */
	userCode: string;
	status: PairingStatus;
	reported: {
		placeId: string | null;
		universeId: string | null;
		placeName: string | null;
		studioUserId: string | null;
		intent: PairingIntent;
	};
	previousKey: { id: string; label: string; hint: string; lastUsedAt: string | null } | null;
	createdAt: string;
	expiresAt: string;
}

export interface Approval {
	workspaceId: string;
	label: string;
	/** `keep` where absent. */
	previousKey?: PreviousKeyFate;
}

export interface Whoami {
	workspace: WorkspaceRef;
	key: { id: string; label: string; lastServerAt: string | null };
}

/** RFC 9457, with a `code` that programs may rely on. `detail` says what to do. */
export interface Problem {
	type: string;
	title: string;
	status: number;
	code: string;
	detail: string;
	errors?: { path: string; message: string }[];
}

/** RFC 8628 §3.2 */
export interface DeviceAuthorization {
	device_code: string;
	user_code: string;
	verification_uri: string;
	verification_uri_complete: string;
	expires_in: number;
	interval: number;
}

/** RFC 6749 §5.1, and what the widget shows. `confirm_by` is ISO 8601. */
export interface TokenAnswer {
	access_token: string;
	token_type: "Bearer";
	key: { id: string; label: string };
	workspace: WorkspaceRef;
	approved_by: string;
	confirm_by: string;
}

/** RFC 6749 §5.2 */
export interface OAuthError {
	error: string;
	error_description?: string;
}
