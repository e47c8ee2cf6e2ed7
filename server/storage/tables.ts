import type { ColumnType, Generated } from "kysely";

import type {
	AccountEventKind,
	ActivityKind,
	KeyOrigin,
	PairingIntent,
	PairingStatus,
	PreviousKeyFate,
	RetirementState,
	Role,
	StudioSeries,
} from "../../shared/wire.ts";

/** The tables after all migrations. Times are milliseconds since 1970 unless the comment says otherwise. */
export interface Tables {
	user: UserTable;
	session: SessionTable;
	account: AccountTable;
	workspace: WorkspaceTable;
	member: MemberTable;
	invitation: InvitationTable;
	password_reset: PasswordResetTable;
	setup_token: SetupTokenTable;
	pending_sign_up: PendingSignUpTable;
	account_event: AccountEventTable;
	account_review: { account_id: string; since: number };
	known_network: KnownNetworkTable;
	daily_use: DailyUseTable;
	api_key: ApiKeyTable;
	key_usage: KeyUsageTable;
	key_minute: KeyMinuteTable;
	key_studio_usage: KeyStudioUsageTable;
	usage_batch: { id: string; at: number };
	usage_log: { slot: number; since: number; part: string; size: number; uses: string };
	key_server: KeyServerTable;
	key_place: KeyPlaceTable;
	retirement: RetirementTable;
	server_process: { id: string; address: string | null; committed_to: number };
	silence_clock: { id: Generated<number>; latest: number };
	silence_gap: { began_at: number; ended_at: number };
	key_count: KeyCountTable;
	revoked_maker: RevokedMakerTable;
	authentication_epoch: { id: Generated<number>; value: Uint8Array };
	pairing: PairingTable;
	wrong_user_code: WrongUserCodeTable;
	activity: ActivityTable;
	checklist_answer: ChecklistAnswerTable;
	backend: BackendTable;
	creation_request: CreationRequestTable;
	clock: ClockTable;
	withdrawal: WithdrawalTable;
	withdrawal_mark: { id: Generated<number>; number: number };
	restoration: { at: number; backed_up_at: number; as_backed_up: number };
}

/** Better Auth's tables, with its names. Times are ISO 8601. */
interface UserTable {
	id: string;
	name: string;
	email: string;
	/** 1 if the address is known to be its owner's. */
	emailVerified: number;
	image: string | null;
	createdAt: string;
	updatedAt: string;
}

interface SessionTable {
	id: string;
	expiresAt: string;
	token: string;
	createdAt: string;
	updatedAt: string;
	ipAddress: string | null;
	userAgent: string | null;
	userId: string;
}

interface AccountTable {
	id: string;
	accountId: string;
	/** `credential` for a password. */
	providerId: string;
	userId: string;
	accessToken: string | null;
	refreshToken: string | null;
	idToken: string | null;
	accessTokenExpiresAt: string | null;
	refreshTokenExpiresAt: string | null;
	scope: string | null;
	/** The password's hash. */
	password: string | null;
	createdAt: string;
	updatedAt: string;
}

interface WorkspaceTable {
	id: string;
	name: string;
	created_at: number;
	deleted_at: number | null;
	/** 1 once the keys of a deleted workspace are themselves marked as revoked. */
	keys_ended: Generated<number>;
}

interface MemberTable {
	workspace_id: string;
	account_id: string;
	role: Role;
	joined_at: number;
}

interface InvitationTable {
	id: string;
	workspace_id: string;
	/** SHA-256 of the token in the link. */
	token_hash: Uint8Array;
	role: Exclude<Role, "owner">;
	created_at: number;
	created_by: string | null;
	expires_at: number;
	signed_up_at: number | null;
}

interface PasswordResetTable {
	token_hash: Uint8Array;
	account_id: string;
	created_at: number;
	expires_at: number;
}

interface SetupTokenTable {
	token_hash: Uint8Array;
	/** By the clock of the server that printed it. */
	created_at: number;
	expires_at: number;
}

interface PendingSignUpTable {
	token_hash: Uint8Array;
	email: string;
	name: string;
	password_hash: string;
	network: string;
	created_at: number;
	expires_at: number;
}

interface AccountEventTable {
	id: Generated<number>;
	account_id: string;
	at: number;
	kind: AccountEventKind;
	address: string | null;
	user_agent: string | null;
	count: Generated<number>;
}

/** Networks from which accounts were signed in to. */
interface KnownNetworkTable {
	account_id: string;
	/** As `homeNetworkOf` returns it. */
	network: string;
	seen_at: number;
}

/** How much of the daily quotas was used. */
interface DailyUseTable {
	/** Days since 1970. */
	day: number;
	kind: string;
	/** An account's id, or a network. */
	user: string;
	used: number;
}

interface ApiKeyTable {
	/** The digest's first eight bytes, as a signed integer. */
	digest_prefix: ColumnType<number, bigint, never>;
	digest: Uint8Array;
	id: string;
	workspace_id: string;
	label: string;
	hint: string;
	origin: KeyOrigin;
	place_id: string | null;
	universe_id: string | null;
	place_name: string | null;
	/** As searched and sorted: see `foldText`. */
	label_folded: string;
	place_name_folded: string | null;
	created_at: number;
	created_by: string | null;
	/** Null until the first use of a key from a pairing, which must come before `confirm_by`. */
	sealed_at: number | null;
	confirm_by: number | null;
	/** The game's last use. */
	last_used_at: number | null;
	studio_used_at: number | null;
	plugin_used_at: number | null;
	first_server_at: number | null;
	last_server_at: number | null;
	/** The game's last use that named no server. */
	last_without_server_at: number | null;
	last_goodbye_at: number | null;
	last_refused_at: number | null;
	/** When there were more servers, or places, than are kept. */
	servers_dropped_at: number | null;
	places_dropped_at: number | null;
	/** Requests in the last day according to `key_usage`, to sort lists by. */
	requests_24h: Generated<number>;
	replaces: string | null;
	revoked_at: number | null;
	revoked_by: string | null;
	revoked_reason: string | null;
	label_core: ColumnType<string, never, never>;
}

interface KeyUsageTable {
	/** Hours since 1970. */
	hour: number;
	key_id: string;
	accepted: Generated<number>;
	refused: Generated<number>;
}

interface KeyMinuteTable {
	/** Minutes since 1970, divided by ten. */
	span: number;
	key_id: string;
	/** Minutes since 1970. */
	minute: number;
	accepted: number;
	from_servers: Generated<number>;
}

/** Uses in Studio in the last day. */
interface KeyStudioUsageTable {
	key_id: string;
	/** Hours since 1970. */
	hour: number;
	series: StudioSeries;
	accepted: number;
}

/** Game servers that used a key in the last 14 days. */
interface KeyServerTable {
	key_id: string;
	job_id: string;
	place_id: number;
	place_version: number;
	first_seen_at: number;
	last_seen_at: number;
	requests: number;
	closed_at: number | null;
}

/** Places whose servers used a key in the last 14 days. */
interface KeyPlaceTable {
	key_id: string;
	place_id: number;
	/** The greatest seen. */
	place_version: number;
	last_seen_at: number;
	without_heartbeat_at: number | null;
}

interface RetirementTable {
	key_id: string;
	replaced_by: string | null;
	since: number;
	begun_by: string | null;
	state: RetirementState;
	/** Stretches of silence counted so far. */
	silent: number;
	/** In stretches since 1970: all before have been looked at. */
	counted_to: number;
	/** The key's last use by then. */
	last_used_at: number | null;
	examined_at: number;
	/** 1 if it is too old. */
	asks_for_good: Generated<number>;
}

interface KeyCountTable {
	workspace_id: string;
	active: number;
	revoked: number;
}

/** Members whose keys were revoked when they left: all created up to `at`, until the keys themselves are marked. */
interface RevokedMakerTable {
	workspace_id: string;
	maker_id: string;
	at: number;
	revoked_by: string | null;
}

interface PairingTable {
	id: string;
	device_code_hash: Uint8Array;
	user_code: string;
	status: PairingStatus;
	intent: PairingIntent;
	place_id: string | null;
	universe_id: string | null;
	place_name: string | null;
	studio_user_id: string | null;
	reported_key_id: string | null;
	created_at: number;
	expires_at: number;
	ended_at: number | null;
	claimed_by: string | null;
	approved_by: string | null;
	workspace_id: string | null;
	label: string | null;
	previous_key_fate: Exclude<PreviousKeyFate, "retire"> | null;
	/** 1 if the previous key is kept until no server needs it. */
	retires_previous: Generated<number>;
	salt: Uint8Array | null;
	key_id: string | null;
	/** The client's address as `clientAddress` computes it. Null in pairings from before it was kept. */
	started_from: string | null;
	started_agent: string | null;
	polled_from: string | null;
	polled_agent: string | null;
	/** 1 if the addresses may be an untrusted proxy's. */
	forwarded: Generated<number>;
	/** The active key that came with the start. */
	proven_key_id: string | null;
	/** The wider networks of `started_from`. */
	wide_network: string | null;
	widest_network: string | null;
	/** 1 if its network or its client was known when it was started. */
	from_known: Generated<number>;
	/** As the plugin says; null in pairings of other clients. */
	plugin_version: string | null;
}

interface WrongUserCodeTable {
	id: Generated<number>;
	account_id: string;
	address: string;
	at: number;
	/** Of the address. */
	wide_network: string | null;
	widest_network: string | null;
}

interface ActivityTable {
	id: Generated<number>;
	workspace_id: string;
	at: number;
	kind: ActivityKind;
	actor_id: string | null;
	actor_name: string | null;
	address: string | null;
	key_id: string | null;
	person_id: string | null;
	person_name: string | null;
	/** A JSON object of strings. */
	detail: Generated<string>;
}

interface ChecklistAnswerTable {
	workspace_id: string;
	item: string;
	answered_at: number;
	answered_by: string | null;
}

/** Requests with an `Idempotency-Key` that created a key, for a day. */
interface CreationRequestTable {
	account_id: string;
	workspace_id: string;
	/** SHA-256 of the header. */
	request_hash: Uint8Array;
	/** SHA-256 of the body. */
	body_hash: Uint8Array;
	key_id: string;
	created_at: number;
}

interface ClockTable {
	id: Generated<number>;
	/** The latest time in use. */
	latest: number;
	/** The greatest reading of the wall clock that was not believed. */
	greatest_wall: number | null;
}

interface BackendTable {
	/** The client id. */
	id: string;
	workspace_id: string;
	name: string;
	/** SHA-256 of the secret. */
	secret_hash: Uint8Array;
	created_at: number;
	created_by: string | null;
	last_used_at: number | null;
}

/** Written by triggers. */
interface WithdrawalTable {
	number: Generated<number>;
	what: string;
	id: string;
	workspace_id: string | null;
	detail: string | null;
	at: number | null;
}
