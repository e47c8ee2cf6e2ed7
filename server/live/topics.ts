import type { ActivityKind, LiveTopic } from "../../shared/wire.ts";

const BY_SUBJECT: Record<string, LiveTopic> = {
	key: "keys",
	pairing: "pairings",
	person: "people",
	invitation: "people",
	workspace: "workspace",
};

export const ALL_TOPICS: readonly LiveTopic[] = [...new Set(Object.values(BY_SUBJECT)), "activity"];

/** Steps of a pairing that are told of its key. */
const OF_PAIRINGS: ActivityKind[] = ["key.issued", "key.installed"];
/** Their keys may go with them; where not, the list says that their maker left. */
const OF_KEYS: ActivityKind[] = ["person.left", "person.removed", "person.keys_revoked"];

/** What pages that show a workspace have to look at again after something of this kind happened. */
export function topicsOf(kind: ActivityKind): LiveTopic[] {
	const [subject = ""] = kind.split(".");
	const topics: LiveTopic[] = ["activity"];
	const topic = BY_SUBJECT[subject];
	if (topic !== undefined) topics.push(topic);
	if (OF_PAIRINGS.includes(kind)) topics.push("pairings");
	if (OF_KEYS.includes(kind)) topics.push("keys");
	return topics;
}
