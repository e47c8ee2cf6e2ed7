import { describe, expect, it } from "vitest";

import type { KnownKey } from "../../../server/keys/authenticate/authenticate.store.ts";
import { createAuthenticator } from "../../../server/keys/authenticate/authenticator.ts";
import { digestOf } from "../../../server/keys/authenticate/digest.ts";
import { createKeyCache } from "../../../server/keys/authenticate/key-cache.ts";
import { generateKey } from "../../../server/keys/manage/generate-key.ts";

const KEY: KnownKey = {
	id: "key_1",
	label: "Lobby",
	workspaceId: "ws_1",
	workspaceName: "One",
	sealed: true,
	revokedAt: null,
	revokedReason: null,
	lastServerAt: null,
	rotation: null,
};
const counter = () => ({ value: 0 });

/** A database at an epoch that the last freshness check may not have seen yet. */
function databaseWith(key: KnownKey) {
	const state = { key, epoch: "one", seen: "one", reads: 0 };
	const storage = {
		freshness: {
			check: async () => void (state.seen = state.epoch),
			afterCheck: () => undefined,
			get epoch() {
				return state.seen;
			},
			generation: 0,
		},
		lookUp: async () => {
			state.reads += 1;
			return { key: state.key, epoch: state.epoch } as never;
		},
	};
	return { state, storage };
}

const cacheOf = (storage: ReturnType<typeof databaseWith>["storage"], maxBytes = 1_000_000) =>
	createKeyCache({ storage, clock: { monotonic: () => 0 }, maxBytes });

describe("the key cache", () => {
	it("caches a key until the epoch changes", async () => {
		const { state, storage } = databaseWith(KEY);
		const cache = cacheOf(storage);
		const digest = digestOf(generateKey());
		expect(await cache.find(digest)).toMatchObject(KEY);
		expect(cache.cached(digest)).toMatchObject(KEY);
		state.seen = state.epoch = "two";
		expect(cache.cached(digest)).toBeUndefined();
	});

	it("does not cache a key read after a change that the last check has not seen", async () => {
		const { state, storage } = databaseWith(KEY);
		const cache = cacheOf(storage);
		const digest = digestOf(generateKey());
		state.epoch = "two";
		expect(await cache.find(digest)).toMatchObject(KEY);
		expect(cache.cached(digest)).toBeUndefined();
	});

	it.each([
		["revoked", { ...KEY, revokedAt: 1 }],
		["unsealed", { ...KEY, sealed: false }],
	])("does not cache a key that is %s", async (_, key) => {
		const cache = cacheOf(databaseWith(key).storage);
		const digest = digestOf(generateKey());
		expect(await cache.find(digest)).toMatchObject(key);
		expect(cache.cached(digest)).toBeUndefined();
	});
});

describe("a key's first use", () => {
	it("is checked again after sealing, and refused if the key has been revoked", async () => {
		const { state, storage } = databaseWith({ ...KEY, sealed: false });
		const refused = {
			missing_key: counter(),
			malformed_key: counter(),
			unknown_key: counter(),
			revoked_key: counter(),
			wrong_workspace: counter(),
			workspace_required: counter(),
		};
		let checks = 0;
		const { authenticate } = createAuthenticator({
			freshness: {
				check: async () => {
					checks += 1;
					await storage.freshness.check();
				},
				afterCheck: () => undefined,
				epoch: "",
				generation: 0,
			},
			cache: cacheOf(storage),
			seal: async () => {
				state.key = { ...KEY, revokedAt: 1 };
				state.epoch = "two";
			},
			outcomes: { accepted: counter(), refused },
		});
		expect(await authenticate(generateKey(), KEY.workspaceId)).toMatchObject({ code: "revoked_key" });
		expect(checks).toBe(2);
	});
});
