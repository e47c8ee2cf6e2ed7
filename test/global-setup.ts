import type { TestProject } from "vitest/node";

import { buildDashboard } from "../server/dashboard/build.ts";
import { offerPostgres } from "./postgres/shared-cluster.ts";
import { bundlePackages } from "./server/bundle-packages.ts";
import { bundleServer } from "./server/bundle-server.ts";

/** Once, before the servers of several tests each find it stale. Returns what is to be done at the end. */
export default async function prepareForAll(project: TestProject): Promise<() => Promise<void>> {
	await buildDashboard({ say: (line) => console.log(line) }).catch((error: unknown) => console.error(error));
	await Promise.all([bundlePackages(), bundleServer()]);
	const { address, close } = await offerPostgres();
	project.provide("postgres", address);
	return close;
}
