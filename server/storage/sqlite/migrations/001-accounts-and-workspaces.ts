/** Better Auth's tables, with its names, and the members of workspaces. */
export const accountsAndWorkspaces = `
CREATE TABLE "user" (
	"id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "email" TEXT NOT NULL UNIQUE, "emailVerified" INTEGER NOT NULL,
	"image" TEXT, "createdAt" DATE NOT NULL, "updatedAt" DATE NOT NULL
);
CREATE TABLE "session" (
	"id" TEXT NOT NULL PRIMARY KEY, "expiresAt" DATE NOT NULL, "token" TEXT NOT NULL UNIQUE, "createdAt" DATE NOT NULL,
	"updatedAt" DATE NOT NULL, "ipAddress" TEXT, "userAgent" TEXT,
	"userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON "session" ("userId");
CREATE TABLE "account" (
	"id" TEXT NOT NULL PRIMARY KEY, "accountId" TEXT NOT NULL, "providerId" TEXT NOT NULL,
	"userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	"accessToken" TEXT, "refreshToken" TEXT, "idToken" TEXT, "accessTokenExpiresAt" DATE, "refreshTokenExpiresAt" DATE,
	"scope" TEXT, "password" TEXT, "createdAt" DATE NOT NULL, "updatedAt" DATE NOT NULL
);
CREATE INDEX "account_userId_idx" ON "account" ("userId");
CREATE TABLE "verification" (
	"id" TEXT NOT NULL PRIMARY KEY, "identifier" TEXT NOT NULL, "value" TEXT NOT NULL, "expiresAt" DATE NOT NULL,
	"createdAt" DATE NOT NULL, "updatedAt" DATE NOT NULL
);
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

CREATE TABLE workspace (
	id TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE member (
	workspace_id TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
	account_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
	joined_at INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_account ON member (account_id);

-- In the statement that creates the account, so that no crash leaves an account without a workspace.
CREATE TRIGGER account_gets_a_workspace AFTER INSERT ON "user" BEGIN
	INSERT INTO workspace (id, name, created_at)
	VALUES (
		'ws_' || lower(hex(randomblob(10))),
		NEW.name || '''s workspace',
		CAST(unixepoch(NEW."createdAt", 'subsec') * 1000 AS INTEGER)
	);
	INSERT INTO member (workspace_id, account_id, role, joined_at)
	SELECT id, NEW."id", 'owner', created_at FROM workspace WHERE rowid = last_insert_rowid();
END;
`;
