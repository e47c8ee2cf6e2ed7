import { expect, test } from "vitest";

import { topicsOf } from "../../../server/live/topics.ts";
import type { ActivityKind, LiveTopic } from "../../../shared/wire.ts";

test.each<[ActivityKind, LiveTopic[]]>([
	["key.renamed", ["activity", "keys"]],
	["key.issued", ["activity", "keys", "pairings"]],
	["key.installed", ["activity", "keys", "pairings"]],
	["pairing.denied", ["activity", "pairings"]],
	["person.role_changed", ["activity", "people"]],
	["person.left", ["activity", "people", "keys"]],
	["person.removed", ["activity", "people", "keys"]],
	["person.keys_revoked", ["activity", "people", "keys"]],
	["invitation.created", ["activity", "people"]],
	["workspace.renamed", ["activity", "workspace"]],
])("%s makes open pages load %j again", (kind, topics) => {
	expect(topicsOf(kind)).toEqual(topics);
});
