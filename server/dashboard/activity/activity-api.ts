import type { ActivityEntry, ActivityKind, ActivityList } from "../../../shared/wire.ts";
import { type Check, list, MismatchError, oneOf, orNull, record, text, time } from "../api/check.ts";
import { request } from "../api/client.ts";
import { keyRefShape, personRefShape } from "../api/shapes.ts";

export interface ActivityQuery {
	key?: string | undefined;
	person?: string | undefined;
	cursor?: string | undefined;
	limit?: number | undefined;
}

const KINDS: Record<ActivityKind, true> = {
	"key.created": true,
	"key.issued": true,
	"key.installed": true,
	"key.renamed": true,
	"key.revoked": true,
	"pairing.approved": true,
	"pairing.denied": true,
	"invitation.created": true,
	"invitation.withdrawn": true,
	"person.joined": true,
	"person.role_changed": true,
	"person.left": true,
	"person.removed": true,
	"person.keys_revoked": true,
	"workspace.created": true,
	"workspace.renamed": true,
};

const texts: Check<Record<string, string>> = (value, path = "") => {
	if (typeof value !== "object" || value === null) throw new MismatchError(path, "an object");
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, text(each, `${path}.${name}`)]));
};

export const activityListShape = record<ActivityList>({
	entries: list(
		record<ActivityEntry>({
			id: text,
			at: time,
			kind: oneOf(...(Object.keys(KINDS) as ActivityKind[])),
			actor: orNull(personRefShape),
			address: orNull(text),
			key: orNull(keyRefShape),
			person: orNull(personRefShape),
			detail: texts,
		}),
	),
	nextCursor: orNull(text),
});

export function listActivity(workspaceId: string, query: ActivityQuery, signal?: AbortSignal): Promise<ActivityList> {
	const path = `/api/workspaces/${encodeURIComponent(workspaceId)}/activity`;
	return request("GET", path, activityListShape, { query: { ...query }, signal });
}
