import { KEY_CHARACTERS, KEY_PREFIX } from "../../../shared/key-format.ts";

/** As long as a key, and refused for its checksum. */
const KEY = `${KEY_PREFIX}${"3f9a1c".repeat(10)}`.slice(0, KEY_CHARACTERS);
const TOKEN = "pXn4Vb7Qk2Ls9Wd5Rt8Yh3Jg6Fc1Mz0AeUiOoPqSvBx";
const ID = "0a1b2c3d4e5f6g7h8i9j";
const PERSON_ID = "Zx8Kq2Lm4Np6Rs9Tv1Wy3Ab5Cd7Ef0Gh";

export const EXAMPLE_TIME = "2026-03-14T09:26:53.000Z";

/** Examples of fields whose type says little, by name. Used where the schema allows them. */
export const EXAMPLE_VALUES: Readonly<Record<string, unknown>> = {
	access_token: KEY,
	accountId: PERSON_ID,
	address: "203.0.113.7",
	approved_by: "Rin",
	currentPassword: "correct horse battery",
	device_code: "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS0M",
	email: "rin@example.com",
	expires_in: 600,
	forwarded: true,
	hint: "3f9a",
	interval: 2,
	invitation: TOKEN,
	issuer: "https://keys.example.com",
	item: "leak-plan",
	jobId: "7f3d9c1e-5a2b-4c8d-9e0f-1a2b3c4d5e6f",
	keyId: `key_${ID}`,
	kind: "key.created",
	label: "Production",
	link: `https://keys.example.com/invite#${TOKEN}`,
	lastRefusedAt: null,
	name: "Rin",
	network: "203.0.113.0/24",
	newPassword: "a better horse battery",
	nextCursor: null,
	password: "correct horse battery",
	placeId: "920587237",
	placeName: "Caverns",
	placeVersion: 42,
	publicUrl: "https://keys.example.com",
	replacedBy: `key_${ID}`,
	requests: 1280,
	requests1h: 96,
	requests24h: 2310,
	retirement: null,
	revokedAt: null,
	revokedBy: null,
	revokedReason: null,
	rotation: null,
	secret: KEY,
	setUp: true,
	setup: TOKEN,
	studioUserId: "156",
	sub: `ws_${ID}`,
	token: KEY,
	universeId: "383310974",
	userAgent: "Firefox on Windows",
	userCode: "BCDF-GHJK",
	user_code: "BCDF-GHJK",
	verification_uri: "https://keys.example.com/pair",
	verification_uri_complete: "https://keys.example.com/pair?code=BCDF-GHJK",
	version: "1.0.0",
	workspaceId: `ws_${ID}`,
	workspaceName: "Cave Games",
};

/** The same, of fields within another field or a named schema. */
export const EXAMPLES_WITHIN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	Account: { id: PERSON_ID },
	Backend: { id: `bk_${ID}`, name: "API" },
	ChecklistItem: { id: "leak-plan" },
	Invitation: { id: `inv_${ID}` },
	Key: { id: `key_${ID}` },
	KeyRef: { id: `key_${ID}` },
	Person: { id: PERSON_ID },
	PersonRef: { id: PERSON_ID },
	Session: { id: PERSON_ID },
	Workspace: { id: `ws_${ID}`, name: "Cave Games" },
	backend: { secret: "bks_K3vQ9s7Zr2Lw8Xp4Tn6Ym1Hc5Jd0Fb" },
	entry: { id: "1042" },
	key: { id: `key_${ID}` },
	place: { name: "Caverns" },
	workspace: { id: `ws_${ID}`, name: "Cave Games" },
};
