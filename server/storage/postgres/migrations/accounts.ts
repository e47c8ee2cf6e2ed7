/** Better Auth's tables, with its names, workspaces, their members, and what belongs to accounts. */
export const accounts = `
CREATE TABLE "user" (
	"id" text COLLATE "C" NOT NULL PRIMARY KEY,
	"name" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C" NOT NULL UNIQUE,
	"emailVerified" bigint NOT NULL,
	"image" text COLLATE "C",
	"createdAt" text COLLATE "C" NOT NULL,
	"updatedAt" text COLLATE "C" NOT NULL
);
CREATE TABLE "session" (
	"id" text COLLATE "C" NOT NULL PRIMARY KEY,
	"expiresAt" text COLLATE "C" NOT NULL,
	"token" text COLLATE "C" NOT NULL UNIQUE,
	"createdAt" text COLLATE "C" NOT NULL,
	"updatedAt" text COLLATE "C" NOT NULL,
	"ipAddress" text COLLATE "C",
	"userAgent" text COLLATE "C",
	"userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON "session" ("userId");
CREATE INDEX session_by_expiry ON "session" ("expiresAt");
CREATE TABLE "account" (
	"id" text COLLATE "C" NOT NULL PRIMARY KEY,
	"accountId" text COLLATE "C" NOT NULL,
	"providerId" text COLLATE "C" NOT NULL,
	"userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	"accessToken" text COLLATE "C",
	"refreshToken" text COLLATE "C",
	"idToken" text COLLATE "C",
	"accessTokenExpiresAt" text COLLATE "C",
	"refreshTokenExpiresAt" text COLLATE "C",
	"scope" text COLLATE "C",
	"password" text COLLATE "C",
	"createdAt" text COLLATE "C" NOT NULL,
	"updatedAt" text COLLATE "C" NOT NULL
);
CREATE INDEX "account_userId_idx" ON "account" ("userId");
CREATE TABLE "verification" (
	"id" text COLLATE "C" NOT NULL PRIMARY KEY,
	"identifier" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	"expiresAt" text COLLATE "C" NOT NULL,
	"createdAt" text COLLATE "C" NOT NULL,
	"updatedAt" text COLLATE "C" NOT NULL
);
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

-- However often it is renewed, a session ends 30 days after it began.
CREATE FUNCTION end_session_after_30_days() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	latest text COLLATE "C" := to_char(
		(NEW."createdAt"::timestamptz AT TIME ZONE 'UTC') + interval '30 days',
		'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
	);
BEGIN
	IF NEW."expiresAt" > latest THEN
		NEW."expiresAt" := latest;
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER session_ends_after_30_days BEFORE UPDATE OF "expiresAt" ON "session"
	FOR EACH ROW EXECUTE FUNCTION end_session_after_30_days();

CREATE TABLE workspace (
	id text COLLATE "C" NOT NULL PRIMARY KEY,
	name text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	deleted_at bigint,
	-- 1 once the keys of a deleted workspace are themselves marked as revoked.
	keys_ended bigint NOT NULL DEFAULT 0
);
CREATE INDEX workspace_deleted ON workspace (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX workspace_ending ON workspace (deleted_at) WHERE deleted_at IS NOT NULL AND keys_ended = 0;
CREATE TRIGGER epoch_is_renewed_when_a_workspace_is_deleted AFTER UPDATE OF deleted_at ON workspace
	FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION renew_epoch();
CREATE TRIGGER epoch_is_renewed_when_a_workspace_is_renamed AFTER UPDATE OF name ON workspace
	FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION renew_epoch();

CREATE TABLE member (
	workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	account_id text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	role text COLLATE "C" NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
	joined_at bigint NOT NULL,
	PRIMARY KEY (workspace_id, account_id)
);
CREATE INDEX member_by_account ON member (account_id);

CREATE TABLE setup_token (
	token_hash bytea NOT NULL PRIMARY KEY CHECK (octet_length(token_hash) = 32),
	-- By the clock of the server that printed it.
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL
);
CREATE FUNCTION setup_token_needs_no_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM "user") THEN
		RAISE EXCEPTION 'there is an account' USING ERRCODE = 'foreign_key_violation';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER setup_token_needs_no_account BEFORE INSERT ON setup_token
	FOR EACH ROW EXECUTE FUNCTION setup_token_needs_no_account();
CREATE FUNCTION end_setup_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM setup_token;
	RETURN NULL;
END $$;
CREATE TRIGGER setup_tokens_end AFTER INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION end_setup_tokens();

CREATE TABLE password_reset (
	token_hash bytea NOT NULL PRIMARY KEY CHECK (octet_length(token_hash) = 32),
	account_id text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL
);
CREATE INDEX password_reset_by_account ON password_reset (account_id);
CREATE TABLE pending_sign_up (
	token_hash bytea NOT NULL PRIMARY KEY CHECK (octet_length(token_hash) = 32),
	email text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	password_hash text COLLATE "C" NOT NULL,
	-- From which it was sent, as homeNetworkOf returns it.
	network text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL
);
CREATE INDEX pending_sign_up_by_email ON pending_sign_up (email, created_at);
CREATE INDEX pending_sign_up_by_expiry ON pending_sign_up (expires_at);

CREATE TABLE account_event (
	id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
	account_id text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	-- The latest time, if count is not 1.
	at bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	address text COLLATE "C",
	user_agent text COLLATE "C",
	count bigint NOT NULL DEFAULT 1
);
CREATE INDEX account_event_by_account ON account_event (account_id, at);
CREATE INDEX account_event_by_time ON account_event (at);
-- Accounts whose owner has yet to look at what was made before the address was proven.
CREATE TABLE account_review (
	account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES "user" ("id") ON DELETE CASCADE,
	since bigint NOT NULL
);
CREATE TABLE known_network (
	account_id text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	-- An IPv4 address, or an IPv6 /56.
	network text COLLATE "C" NOT NULL,
	seen_at bigint NOT NULL,
	PRIMARY KEY (account_id, network)
);
CREATE INDEX known_network_by_network ON known_network (network);
CREATE INDEX known_network_by_age ON known_network (seen_at);
CREATE TABLE daily_use (
	-- Days since 1970.
	day bigint NOT NULL,
	-- What was made: a kind in quotas/quotas.ts.
	kind text COLLATE "C" NOT NULL,
	-- An account's id, or a network.
	"user" text COLLATE "C" NOT NULL,
	used bigint NOT NULL,
	PRIMARY KEY (day, kind, "user")
);
`;
