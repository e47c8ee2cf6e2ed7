import type { FastifyRequest } from "fastify";

import type { AccountEventKind } from "../../../shared/wire.ts";
import type { Storage } from "../../storage/storage.ts";
import { recordAccountEvent, recordWrongPassword } from "../activity/account-events.store.ts";
import { clientOf } from "./session.ts";

/** Adds to accounts' own activity. Never rejects: signing in does not depend on it. */
export function createEventNotes(storage: Storage) {
	async function settled(request: FastifyRequest, writing: Promise<void>): Promise<void> {
		await writing.catch((error: unknown) => request.log.debug({ err: error }, "account activity not recorded"));
	}
	return {
		add(request: FastifyRequest, { accountId, kind }: { accountId: string; kind: AccountEventKind }): Promise<void> {
			const event = { accountId, kind, client: clientOf(request) };
			return settled(request, storage.write(recordAccountEvent, event, { reserve: true }));
		},
		/** Not awaited, since the timing would reveal who has an account. Records nothing if the address has none. */
		wrongPassword(request: FastifyRequest, email: string): void {
			const attempt = { email, client: clientOf(request) };
			void settled(request, storage.write(recordWrongPassword, attempt, { priority: "low" }));
		},
	};
}

export type EventNotes = ReturnType<typeof createEventNotes>;
