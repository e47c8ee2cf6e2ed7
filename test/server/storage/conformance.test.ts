import { afterAll } from "vitest";

import { faults } from "./conformance/faults.ts";
import { freshness } from "./conformance/freshness.ts";
import { invariants } from "./conformance/invariants.ts";
import { postgres, stopPostgres } from "./conformance/postgres.ts";
import { reads } from "./conformance/reads.ts";
import { sqlite } from "./conformance/sqlite.ts";
import { usage } from "./conformance/usage.ts";
import { writes } from "./conformance/writes.ts";

/** The behaviour that the rest of the server relies on, for every engine. */
for (const engine of [sqlite, postgres]) {
	writes(engine);
	reads(engine);
	faults(engine);
	freshness(engine);
	invariants(engine);
	usage(engine);
}

afterAll(stopPostgres);
