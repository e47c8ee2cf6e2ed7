import type { Engine } from "./engine.ts";
import { faults } from "./faults.ts";
import { freshness } from "./freshness.ts";
import { invariants } from "./invariants.ts";
import { reads } from "./reads.ts";
import { time } from "./time.ts";
import { usage } from "./usage.ts";
import { writes } from "./writes.ts";

/** The behaviour that the rest of the server relies on, for every engine. */
export function conformance(engine: Engine): void {
	writes(engine);
	reads(engine);
	faults(engine);
	freshness(engine);
	invariants(engine);
	time(engine);
	usage(engine);
}
