import type { Start } from "../../shared/wire.ts";
import { firstKeys } from "../keys/manage/key-list.store.ts";
import { hasReview } from "../offboarding/review.store.ts";
import type { Database } from "../storage/database.ts";
import { listWorkspaces } from "../workspaces/workspace.store.ts";
import { firstSteps } from "./first-steps.store.ts";

/** The account's workspaces and the first keys of `workspaceId`, or of its first workspace if it is not a member of that one. */
export async function loadStart(
	db: Database,
	{ accountId, workspaceId }: { accountId: string; workspaceId: string | undefined },
): Promise<Pick<Start, "review" | "workspaces" | "keys">> {
	const review = (await hasReview(db, { accountId })) ? { review: true as const } : {};
	const workspaces = await listWorkspaces(db, { accountId });
	const shown = workspaces.find(({ id }) => id === workspaceId) ?? workspaces[0];
	if (shown === undefined) return { ...review, workspaces, keys: null };
	const list = await firstKeys(db, { workspaceId: shown.id });
	const steps = await firstSteps(db, { workspaceId: shown.id, accountId });
	return { ...review, workspaces, keys: { workspaceId: shown.id, list, firstSteps: steps } };
}
