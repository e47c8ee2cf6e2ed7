import type { KeyUse } from "../../shared/wire.ts";
import { readUses } from "../keys/usage/key-uses.store.ts";
import type { Database } from "../storage/database.ts";
import { type Changes, newestChange, readChanges } from "./changes.store.ts";
import { findLatestUses, type FollowedWorkspace, type LatestUses } from "./uses.store.ts";
import { type EndedViewer, findEndedViewers, type Viewer } from "./viewers.store.ts";

export interface LookRequest {
	/** The id of the newest entry that is known; undefined where changes are not asked for. */
	changesAfter: number | undefined;
	/** Whose keys' uses are asked for. */
	followed: FollowedWorkspace[];
	/** Of keys whose figures are asked for. */
	keyIds: string[];
	/** Whose rights are asked for; changes are told of their workspaces. */
	viewers: Viewer[];
}

export interface LookResult {
	changes: Changes | undefined;
	latest: LatestUses;
	uses: KeyUse[];
	ended: EndedViewer[];
}

/** Where a stream begins: what was before is no news to it. */
export interface StreamStart {
	newestChange: number;
	latest: LatestUses;
}

/** All that the streams are told of at one time, in a few statements, however many they are. */
export async function lookAround(db: Database, question: LookRequest): Promise<LookResult> {
	const { changesAfter, followed, keyIds, viewers } = question;
	const workspaceIds = [...new Set(viewers.map(({ workspaceId }) => workspaceId))];
	return {
		changes: changesAfter === undefined ? undefined : await readChanges(db, { after: changesAfter, workspaceIds }),
		latest: await findLatestUses(db, { followed }),
		uses: keyIds.length === 0 ? [] : await readUses(db, { ids: keyIds }),
		ended: await findEndedViewers(db, { viewers }),
	};
}

export async function findStreamStart(db: Database, { workspaceId }: { workspaceId: string }): Promise<StreamStart> {
	return {
		newestChange: await newestChange(db),
		latest: await findLatestUses(db, { followed: [{ workspaceId, usedSince: 0, refusedSince: 0 }] }),
	};
}
