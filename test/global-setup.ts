import { buildDashboard } from "../server/dashboard/build.ts";
import { bundlePackages } from "./server/bundle-packages.ts";

/** Once, before the servers of several tests each find it stale. */
export default async function buildForAll(): Promise<void> {
	await buildDashboard({ say: (line) => console.log(line) }).catch((error: unknown) => console.error(error));
	await bundlePackages();
}
