import { buildDashboard } from "../server/dashboard/build.ts";

/** Once, before the servers of several tests each find it stale. */
export default async function buildForAll(): Promise<void> {
	await buildDashboard({ say: (line) => console.log(line) }).catch((error: unknown) => console.error(error));
}
