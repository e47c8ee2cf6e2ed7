/**
 * What server, dashboard, plugin and game exchange. Times are ISO 8601 in UTC.
 * Runs in Node and in Studio, so it contains only types and plain constants.
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
	/** Seconds: while this server runs, it will be heard from again within little more. */
	heartbeat: "X-Auxvyn-Heartbeat",
	closing: "X-Auxvyn-Closing",
	/** The plugin's version: of the plugin that sends a request, or of the one that is downloaded. */
	plugin: "X-Auxvyn-Plugin",
} as const;

export const ROUTES = {
	deviceAuthorization: "/oauth/device_authorization",
	token: "/oauth/token",
	revoke: "/oauth/revoke",
	introspect: "/oauth/introspect",
	whoami: "/v1/whoami",
	forwardAuth: "/v1/forward-auth",
	plugin: "/plugin/Auxvyn.rbxmx",
	client: "/plugin/Client.rbxmx",
} as const;

export type KeyState = "active" | "revoked";
export type KeyOrigin = "dashboard" | "studio";
export type Role = "owner" | "admin" | "member";
export type PairingStatus = "pending" | "approved" | "issued" | "sealed" | "denied" | "expired";
export type PairingIntent = "connect" | "reconnect";
/** What happens to the key that a reconnect replaces. */
export type PreviousKeyFate = "keep" | "retire" | "revoke";
/** What uses a key besides the game: playtests and the plugin. */
export type StudioSeries = "studio" | "plugin";
export type AuthenticationErrorCode = "missing_key" | "malformed_key" | "unknown_key" | "revoked_key";

export interface PersonRef {
	id: string;
	name: string;
	/** Set for a person who is no longer a member of the workspace. */
	left?: true;
}

export interface KeyRef {
	id: string;
	label: string;
	hint: string;
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

/**
 * `waiting`: the key is revoked once it is safe. `asking`: the server does not revoke it automatically, a person decides.
 * `done`: the key is revoked.
 */
export type RetirementState = "waiting" | "asking" | "done";

/** Why a key is not yet safe to revoke. */
export type WaitingCode =
	/** Live servers use it. */
	| "in_use"
	/** The new key was not seen on a greater version of the place. */
	| "no_newer_version"
	/** Both keys were seen on the place's latest version: it was not published anew. */
	| "same_version"
	/** Something other than a game server used it within 14 days. */
	| "no_server_headers"
	/** Servers without the present runtime used it within 14 days: their silence means nothing. */
	| "no_heartbeat"
	/** It was not silent for 30 minutes yet. */
	| "silence"
	/** More than 200 places used it. */
	| "too_many_places";

export interface WaitingFor {
	code: WaitingCode;
	placeId: string | null;
	placeVersion: number | null;
	/** Live ones. */
	servers: number;
	lastSeenAt: string | null;
}

/** Revokes a replaced key as soon as no server needs it. */
export interface Retirement {
	since: string;
	by: PersonRef | null;
	replacedBy: KeyRef | null;
	state: RetirementState;
	waitingFor: WaitingFor[];
}

/** A game server that used a key in the last 14 days and has not said goodbye. */
export interface GameServer {
	/** Roblox's JobId, a UUID in lower case. */
	jobId: string;
	placeId: string;
	placeVersion: number;
	firstSeenAt: string;
	lastSeenAt: string;
	requests: number;
}

export interface GameServerList {
	/** Seen last first, at most `SERVERS_MAX_KEPT`. */
	servers: GameServer[];
	/** True if there were more within 14 days. */
	truncated: boolean;
}

/** A key's servers of one version of a place. */
export interface VersionServers {
	placeId: string;
	placeVersion: number;
	/** Heard from within `SERVER_LIVE_SECONDS`. */
	live: number;
	/** Not heard from since, and without a goodbye. */
	silent: number;
	firstSeenAt: string;
	lastSeenAt: string;
}

/** A key's servers by place and version. */
export interface ServerSummary {
	/** Live ones first, then the latest; at most `VERSIONS_MAX_SHOWN`. */
	versions: VersionServers[];
	truncated: boolean;
	/** Live servers of all versions. */
	live: number;
	/** The last use in 14 days that named no game server. */
	lastWithoutServerAt: string | null;
	/** Such requests in the last 60 minutes. */
	withoutServer1h: number;
}

/** How far the replacement of a key is. */
export interface Rotation {
	/** Nothing left: safe to revoke. */
	waitingFor: WaitingFor[];
	/** Minutes of silence counted so far, of `SILENCE_MINUTES`. */
	silentMinutes: number;
	/** Of the replacement. */
	servers: ServerSummary;
}

export interface StudioUse {
	lastUsedAt: string | null;
	requests24h: number;
}

/** A key. `lastUsedAt`, `requests24h`, `requests1h` and `hourly` are the game's. */
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
	/** When its first use sealed it. Keys created in the dashboard are confirmed at once. */
	confirmedAt: string | null;
	lastUsedAt: string | null;
	firstServerAt: string | null;
	lastServerAt: string | null;
	requests24h: number;
	/** Accepted in the last 60 minutes. */
	requests1h: number;
	/** Accepted in each of the last 24 hours, oldest first; the last one is the current hour. */
	hourly: number[];
	/** By playtests, which send `X-Auxvyn-Studio: 1`. */
	studio: StudioUse;
	/** By the plugin, which sends `X-Auxvyn-Protocol`. */
	plugin: StudioUse;
	/** Game servers heard from within `SERVER_LIVE_SECONDS` that have not said goodbye. */
	liveServers: number;
	/** When it was last sent after being revoked. */
	lastRefusedAt: string | null;
	retirement: Retirement | null;
	/** For an active key: the newest active key that was created to replace it, or issued to its place later. */
	replacedBy: KeyRef | null;
	revokedAt: string | null;
	revokedBy: PersonRef | null;
	revokedReason: string | null;
}

export interface KeyList {
	keys: Key[];
	nextCursor: string | null;
	/** Only with `include=counts`. */
	counts?: { active: number; revoked: number };
}

/** By creation (newest first), label (A to Z), last use (latest first) or requests in 24 hours (most first). */
export type KeySort = "created" | "label" | "used" | "requests";
export type SortOrder = "asc" | "desc";

/** What a key's page shows. */
export interface KeyDetails {
	key: Key;
	/** The key that it replaced, active or revoked. */
	replaces: Key | null;
	/** The newest key that replaced it; a revoked one only if no other did. */
	replacement: Key | null;
	servers: ServerSummary;
	/** Null unless it is active and has an active replacement. */
	rotation: Rotation | null;
}

export interface KeyUsage {
	/** Start of the first hour. */
	from: string;
	/** For each of 720 hours (30 days); the last one is the current hour. */
	accepted: number[];
	/** Sent after the key was revoked. */
	refused: number[];
}

/** The only shape besides `TokenResponse` that contains a key. */
export interface CreatedKey {
	key: Key;
	secret: string;
}

export interface WorkspaceList {
	workspaces: Workspace[];
}

export interface Account {
	id: string;
	name: string;
	email: string;
}

export type SignUp = "open" | "invite" | "closed";

/** How far a workspace's setup is, as seen by the server. */
export interface FirstSteps {
	/** When the plugin first requested a key. */
	pluginAt: string | null;
	/** When its first key was installed, or created in the dashboard. */
	connectedAt: string | null;
	/** When a game last sent one of its keys, or anything sent one created in the dashboard. */
	requestAt: string | null;
	/** Of the plugin whose code the account opened last. Absent if there was none within a day, or it did not say it. */
	pluginVersion?: string;
}

/** Everything the dashboard needs to draw its first page. */
export interface Start {
	account: Account | null;
	/** False while there is no account. */
	setUp: boolean;
	signUp: SignUp;
	/** The server can send mail, so people can reset their own password. */
	mail: boolean;
	/** Of the server, such as "1.2.3". */
	version: string;
	/** The server's own address, `PUBLIC_URL`: only there does the dashboard work. */
	publicUrl: string;
	/** The account has an `AccountReview` to look at. Absent otherwise. */
	review?: true;
	workspaces: Workspace[];
	/** The first page of active keys in the requested workspace, or else in the first one. */
	keys: { workspaceId: string; list: KeyList; firstSteps: FirstSteps } | null;
}

export interface Person {
	id: string;
	name: string;
	email: string;
	role: Role;
	joinedAt: string;
	/** Active keys they created here, counted up to `PERSON_KEYS_MAX_COUNTED` + 1. */
	activeKeys: number;
}

export interface Invitation {
	id: string;
	role: Exclude<Role, "owner">;
	createdAt: string;
	createdBy: PersonRef | null;
	expiresAt: string;
}

export interface People {
	people: Person[];
	/** Open ones, for owners only; empty for everyone else. */
	invitations: Invitation[];
}

/** `link` has the token in its fragment. No other response contains it. */
export interface CreatedInvitation {
	invitation: Invitation;
	link: string;
}

/** What the holder of an invitation link sees. */
export interface InvitationOffer {
	workspace: WorkspaceRef;
	role: Exclude<Role, "owner">;
	invitedBy: PersonRef | null;
	expiresAt: string;
}

export type ActivityKind =
	| "key.created"
	| "key.issued"
	| "key.installed"
	| "key.renamed"
	| "key.revoked"
	| "key.retirement_began"
	| "key.retirement_cancelled"
	| "key.retirement_asked"
	| "pairing.approved"
	| "pairing.denied"
	| "invitation.created"
	| "invitation.withdrawn"
	| "person.joined"
	| "person.role_changed"
	| "person.left"
	| "person.removed"
	| "person.keys_revoked"
	| "workspace.created"
	| "workspace.renamed"
	| "backend.created"
	| "backend.renamed"
	| "backend.deleted";

export interface ActivityEntry {
	id: string;
	at: string;
	kind: ActivityKind;
	/** Null if it happened automatically, or was done with a key. */
	actor: PersonRef | null;
	/** The client's IPv4 address, or its IPv6 network. */
	address: string | null;
	key: KeyRef | null;
	person: PersonRef | null;
	/** `from`, `to`, `role`, `label`, `name`, `place`, `requestedFrom` and `reason`, depending on the kind. */
	detail: Record<string, string>;
}

export interface ActivityList {
	entries: ActivityEntry[];
	nextCursor: string | null;
}

/** A workspace's own backend, which introspects its keys with `id` as client id and its secret. */
export interface Backend {
	id: string;
	name: string;
	createdAt: string;
	createdBy: PersonRef | null;
	/** To the minute. */
	lastUsedAt: string | null;
}

export interface BackendList {
	backends: Backend[];
}

/** No other response contains the secret. */
export interface CreatedBackend {
	backend: Backend;
	secret: string;
}

export interface AccountSession {
	id: string;
	current: boolean;
	createdAt: string;
	lastSeenAt: string;
	address: string | null;
	userAgent: string | null;
}

/** What happens to an account. `wrong_password`: at sign-in, or in a form that asks for it. */
export type AccountEventKind =
	| "signed_in"
	| "wrong_password"
	| "signed_out"
	| "session_ended"
	| "other_sessions_ended"
	| "password_changed"
	| "password_reset"
	| "email_changed";

export interface AccountEvent {
	/** The latest time, if `count` is not 1. */
	at: string;
	kind: AccountEventKind;
	address: string | null;
	userAgent: string | null;
	/** How often it happened from this address within an hour. */
	count: number;
}

/** What an account had before its e-mail address was first proven. */
export interface AccountReview {
	/** When it was proven. */
	since: string;
	/** `end`: how the account can end its membership; the only owner deletes the workspace. */
	workspaces: { id: string; name: string; role: Role; people: number; end: "leave" | "delete" }[];
	/** Active keys it created; so with backends and invitations. */
	keys: (ReviewedItem & { label: string; hint: string })[];
	backends: (ReviewedItem & { name: string })[];
	invitations: (ReviewedItem & { role: Exclude<Role, "owner"> })[];
}

interface ReviewedItem {
	id: string;
	workspaceId: string;
	workspaceName: string;
	createdAt: string;
}

export interface ChecklistItem {
	id: string;
	/** `asked`: the server cannot know, so a person answers; see `answeredAt`. */
	state: "good" | "attention" | "asked";
	/** Number of keys it concerns. */
	count: number;
	/** The first few of these keys. */
	keys: KeyRef[];
	answeredAt: string | null;
	answeredBy: PersonRef | null;
}

/** What changed, so that pages showing it reload it. */
export type LiveTopic = "keys" | "pairings" | "people" | "workspace" | "backends" | "activity";

/** A key's current usage, for rows that show it. */
export type KeyUse = Pick<
	Key,
	| "id"
	| "lastUsedAt"
	| "firstServerAt"
	| "lastServerAt"
	| "requests24h"
	| "requests1h"
	| "hourly"
	| "studio"
	| "plugin"
	| "liveServers"
	| "lastRefusedAt"
>;

/** What a workspace's event stream sends, by the name of the event. `over` is the last one. */
export interface LiveEvents {
	changed: { topics: LiveTopic[] };
	used: { keys: KeyUse[] };
	/** At least every `HEARTBEAT_SECONDS` where nothing else is sent. */
	heartbeat: Record<string, never>;
	/** What has ended: the session, or the membership. */
	over: { reason: "session" | "membership" };
}

export interface Pairing {
	/** As displayed: `XXXX-XXXX`. */
	userCode: string;
	status: PairingStatus;
	reported: {
		placeId: string | null;
		universeId: string | null;
		placeName: string | null;
		studioUserId: string | null;
		intent: PairingIntent;
		/** Of the plugin. Absent if the client did not say it. */
		pluginVersion?: string;
	};
	/** `proven`: the client sent the key itself. Otherwise Studio only reported its id, and the pairing cannot revoke it. */
	previousKey: {
		id: string;
		label: string;
		hint: string;
		lastUsedAt: string | null;
		proven: boolean;
		/** When a game server last used it. */
		lastServerAt: string | null;
	} | null;
	requestedFrom: {
		/** IPv4 /24 or IPv6 /48 in CIDR notation; null if it is not known. */
		network: string | null;
		/** Null if the network of the client cannot be compared with that of the browser. */
		sameAsYours: boolean | null;
		userAgent: string | null;
	};
	createdAt: string;
	expiresAt: string;
}

export interface Approval {
	workspaceId: string;
	label: string;
	/** Default: `keep`. `retire` and `revoke` only for a proven key. */
	previousKey?: PreviousKeyFate;
}

export interface Whoami {
	workspace: WorkspaceRef;
	key: { id: string; label: string; lastServerAt: string | null };
	/** Of the keys that this one replaces. Null if none of them is being retired, or was. */
	rotation: { state: RetirementState } | null;
	/** Only for the plugin, unless the server is busy: the key that this one replaces. Null if there is none. */
	replaces?: ReplacedKey | null;
}

/** What the plugin shows of a replaced key. */
export interface ReplacedKey extends KeyRef {
	state: KeyState;
	revokedAt: string | null;
	liveServers: number;
	/** Of its retirement. */
	retirement: RetirementState | null;
	/** No server needs it any more. */
	safe: boolean;
}

/** RFC 9457, with a stable `code` for programs. `detail` says what to do. */
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

/** RFC 6749 §5.1, plus what the widget shows. `confirm_by` is ISO 8601. */
export interface TokenResponse {
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
