import type { FastifyInstance } from "fastify";

import { countFromLog, nextSlot } from "../../server/keys/usage/usage-log.store.ts";

declare module "vitest" {
	export interface ProvidedContext {
		/** Whether all uses are logged first, as where there are many keys. */
		logged: boolean;
	}
}

/** Counts all uses that are logged. */
export async function countAll({ storage }: FastifyInstance): Promise<void> {
	for (let slot = await next(-1); slot !== undefined; slot = await next(slot))
		await storage.write(countFromLog, { slot }, { additive: true });

	async function next(after: number): Promise<number | undefined> {
		return storage.read(nextSlot, { after });
	}
}

/** Has tests that wait for a flush wait until it is counted. */
export function countWhatIsLogged(app: FastifyInstance): void {
	const { flush } = app.usage;
	app.usage.flush = async () => {
		if (!(await flush())) return false;
		return countAll(app).then(
			() => true,
			() => false,
		);
	};
}
