import type { ActivityKind, LiveTopic } from "../../shared/wire.ts";

const BY_SUBJECT: Record<string, LiveTopic> = {
	key: "keys",
	pairing: "pairings",
	person: "people",
	invitation: "people",
	workspace: "workspace",
	backend: "backends",
};

export const ALL_TOPICS: readonly LiveTopic[] = [...new Set(Object.values(BY_SUBJECT)), "activity"];

/** Steps of a pairing that are recorded as activity of its key. */
const PAIRING_KINDS: ActivityKind[] = ["key.issued", "key.installed"];
/** The person's keys may be revoked; if not, the list shows that their creator left. */
const KEY_KINDS: ActivityKind[] = ["person.left", "person.removed", "person.keys_revoked"];

/** The topics that activity of this kind changes. */
export function topicsOf(kind: ActivityKind): LiveTopic[] {
	const [subject = ""] = kind.split(".");
	const topics: LiveTopic[] = ["activity"];
	const topic = BY_SUBJECT[subject];
	if (topic !== undefined) topics.push(topic);
	if (PAIRING_KINDS.includes(kind)) topics.push("pairings");
	if (KEY_KINDS.includes(kind)) topics.push("keys");
	return topics;
}
