import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import { listAccountEvents } from "../activity/account-events.store.ts";
import type { AccountServices } from "../sessions/account-services.ts";
import { AccountActivitySchema } from "./activity.schema.ts";

/** What happened to an account: signing in and out, wrong passwords, changed credentials. */
export const activityRoutes: FastifyPluginAsyncTypebox<AccountServices> = async (app, { storage, requireSession }) => {
	app.get(
		"/api/account/activity",
		{
			schema: {
				tags: ["accounts"],
				summary: "List what happened to your account in the last 90 days, latest first",
				response: { 200: AccountActivitySchema },
			},
			onRequest: async (request) => {
				await requireSession(request);
			},
		},
		async (request) => {
			const { account } = await requireSession(request);
			const turn = { account: account.id, signal: request.signal };
			return { events: await storage.scan(listAccountEvents, { accountId: account.id }, turn) };
		},
	);
};
