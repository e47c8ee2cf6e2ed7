import type { KeyUse } from "../../shared/wire.ts";
import { readUses } from "../keys/usage/key-uses.store.ts";
import type { Database } from "../storage/database.ts";
import { type Changes, newestChange, readChanges } from "./changes.store.ts";
import { findLatestUses, type FollowedWorkspace, type LatestUses } from "./uses.store.ts";
import { type EndedViewer, findEndedViewers, type Viewer } from "./viewers.store.ts";

export interface PollRequest {
	/** The newest known activity entry; undefined: do not read changes. */
	changesAfter: number | undefined;
	/** Workspaces to read key uses of. */
	followed: FollowedWorkspace[];
	/** Keys to read usage figures of. */
	keyIds: string[];
	/** Viewers to check the access of, and whose workspaces to read changes of. */
	viewers: Viewer[];
}

export interface PollResult {
	changes: Changes | undefined;
	latest: LatestUses;
	uses: KeyUse[];
	ended: EndedViewer[];
}

/** The state when a stream opens. It only sends what happens afterwards. */
export interface StreamStart {
	newestChange: number;
	latest: LatestUses;
}

/** Reads everything that a poll needs, in a few statements for any number of streams. */
export async function pollLive(db: Database, request: PollRequest): Promise<PollResult> {
	const { changesAfter, followed, keyIds, viewers } = request;
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
		latest: await findLatestUses(db, { followed: [{ workspaceId, usedSince: 0, refusedSince: 0, closedSince: 0 }] }),
	};
}
