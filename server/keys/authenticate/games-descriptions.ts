import type { FastifySchema } from "fastify";
import { Type } from "typebox";

import { HEADERS } from "../../../shared/wire.ts";
import type { ProblemCode } from "../../http/openapi/error-codes.ts";
import { WhoamiSchema } from "./whoami.schema.ts";

const KEY_ERRORS: readonly ProblemCode[] = [
	"conflicting_keys",
	"malformed_key",
	"missing_key",
	"revoked_key",
	"storage_busy",
	"storage_unavailable",
	"server_outdated",
	"unknown_key",
];

const header = (description: string) => Type.Optional(Type.String({ description }));

/** Evidence of what uses a key. Malformed ones are ignored. */
const GameHeaders = Type.Object({
	[HEADERS.server]: header("game.JobId: with the two below, the key's page lists the game server"),
	[HEADERS.place]: header("game.PlaceId"),
	[HEADERS.placeVersion]: header("game.PlaceVersion"),
	[HEADERS.heartbeat]: header("Seconds within which this server will be heard from again, while it runs"),
	[HEADERS.studio]: header("1 in a playtest, which is counted apart from the game"),
	[HEADERS.closing]: header("1 from a server that shuts down; not counted as use"),
});
const WorkspaceQuery = Type.Object({
	workspace: Type.Optional(
		Type.Array(Type.String(), { description: "Ids of workspaces whose keys pass, or any. Without it, none do: 403" }),
	),
});

export const whoamiDescription: FastifySchema = {
	summary: "Get a key's workspace and label",
	description: "Send the key as `Authorization: Bearer auxvyn_…` or as `x-api-key`.",
	tags: ["games"],
	unchecked: { headers: GameHeaders },
	response: { 200: WhoamiSchema },
	errors: [...KEY_ERRORS, "too_many_requests"],
};

/** The query is read by hand: checking it would cost every request. */
export const forwardAuthDescription: FastifySchema = {
	summary: "Authenticate a request for a reverse proxy",
	description:
		"Takes any method, and reads no body. `?workspace=ws_…` names the workspaces whose keys pass; repeat it for several. `workspace=any` lets all keys in, for APIs that look at `X-Auxvyn-Workspace-Id` themselves. The proxy passes on the two headers of the response.",
	tags: ["games"],
	unchecked: { headers: GameHeaders, querystring: WorkspaceQuery },
	response: {
		200: {
			description: "The request may pass",
			type: "null",
			headers: {
				"X-Auxvyn-Workspace-Id": { type: "string", description: "The key's workspace" },
				"X-Auxvyn-Key-Id": { type: "string", description: "The key's id, which is not secret" },
			},
		},
	},
	errors: [...KEY_ERRORS, "internal_error", "workspace_required", "wrong_workspace"],
};
