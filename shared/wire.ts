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
	/** Only on those who are no member of the workspace any more. */
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
	/** Accepted in the last 60 minutes. */
	requests1h: number;
	/** Accepted in each of 24 hours, oldest first; the last one is the current hour, which is not over. */
	hourly: number[];
	/** When it was last presented after its revocation. */
	lastRefusedAt: string | null;
	/** The newest active key that was made to take this active one's place, or that its place got later. */
	replacedBy: KeyRef | null;
	revokedAt: string | null;
	revokedBy: PersonRef | null;
	revokedReason: string | null;
}

export interface KeyList {
	keys: Key[];
	nextCursor: string | null;
	/** Where `include=counts` asks for them. */
	counts?: { active: number; revoked: number };
}

/** By creation (newest first), label (A first), last use (latest first) or the last day's requests (most first). */
export type KeySort = "created" | "label" | "used" | "requests";
export type SortOrder = "asc" | "desc";

/** A key's own page. */
export interface KeyDetails {
	key: Key;
	/** The key in whose place it came, whatever became of that one. */
	replaces: Key | null;
	/** The newest key that came in its place, revoked ones only where no other did. */
	replacement: Key | null;
}

export interface KeyUsage {
	/** The beginning of the first hour. */
	from: string;
	/** For each of 720 hours (30 days), the last of which is not over. */
	accepted: number[];
	/** Presented after its revocation. */
	refused: number[];
}

/** With the token answer, the only shape that ever holds a key. */
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

/** How far a workspace has come, as the backend has seen it. */
export interface FirstSteps {
	/** When Studio first asked for a key: then it has the plugin. */
	pluginAt: string | null;
	/** When its first key was installed, or made in the dashboard. */
	connectedAt: string | null;
	/** When a game last sent one. */
	requestAt: string | null;
}

/** All that the dashboard needs before it can draw its first page. */
export interface Start {
	account: Account | null;
	signUp: SignUp;
	/** Whether this server can send mail, so that a forgotten password is a person's own affair. */
	mail: boolean;
	workspaces: Workspace[];
	/** The first page of active keys of the workspace that was asked for, or else of the first one. */
	keys: { workspaceId: string; list: KeyList; firstSteps: FirstSteps } | null;
}

export interface Person {
	id: string;
	name: string;
	email: string;
	role: Role;
	joinedAt: string;
	/** Keys they made here that are active; counted up to one more than `KEYS_OF_PERSON_COUNTED`. */
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
	/** Open ones; for owners only, empty for everybody else. */
	invitations: Invitation[];
}

/** `link` holds the token, in its fragment, and is in this answer only. */
export interface CreatedInvitation {
	invitation: Invitation;
	link: string;
}

/** What whoever holds an invitation's link is told. */
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
	| "workspace.renamed";

export interface ActivityEntry {
	id: string;
	at: string;
	kind: ActivityKind;
	/** Null for what happened by itself, or by whoever held a key. */
	actor: PersonRef | null;
	/** The client's address, an IPv6 one as its network. */
	address: string | null;
	key: KeyRef | null;
	person: PersonRef | null;
	/** `from`, `to`, `role`, `label`, `place`, `reason`, as the kind has them. */
	detail: Record<string, string>;
}

export interface ActivityList {
	entries: ActivityEntry[];
	nextCursor: string | null;
}

export interface AccountSession {
	id: string;
	current: boolean;
	createdAt: string;
	lastSeenAt: string;
	address: string | null;
	userAgent: string | null;
}

export interface ChecklistItem {
	id: string;
	/** `asked`: the backend cannot know; `answeredAt` says when somebody did. */
	state: "good" | "attention" | "asked";
	/** Keys it is about, all of them. */
	count: number;
	/** The first few. */
	keys: KeyRef[];
	answeredAt: string | null;
	answeredBy: PersonRef | null;
}

/** What changed, for whoever shows it to ask again. */
export type LiveTopic = "keys" | "pairings" | "people" | "workspace" | "activity";

/** A key's use as it is now, for rows that show it. */
export type KeyUse = Pick<
	Key,
	"id" | "lastUsedAt" | "firstServerAt" | "lastServerAt" | "requests24h" | "requests1h" | "hourly" | "lastRefusedAt"
>;

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
