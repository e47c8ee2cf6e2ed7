import { accounts } from "./accounts.ts";
import { backend } from "./backend.ts";
import { backups } from "./backups.ts";
import { clock } from "./clock.ts";
import { dashboard } from "./dashboard.ts";
import { doctor } from "./doctor.ts";
import { fairness } from "./fairness.ts";
import { http } from "./http.ts";
import { keys } from "./keys.ts";
import { live } from "./live.ts";
import type { Mutant } from "./mutant.ts";
import { pairing } from "./pairing.ts";
import { people } from "./people.ts";
import { pluginBuild } from "./plugin-build.ts";
import { pluginCheckPlace } from "./plugin-check-place.ts";
import { pluginConnect } from "./plugin-connect.ts";
import { harness } from "./plugin-harness.ts";
import { pluginLooks } from "./plugin-looks.ts";
import { pluginPlace } from "./plugin-place.ts";
import { pluginRuntime } from "./plugin-runtime.ts";
import { postgres } from "./postgres.ts";
import { requesters } from "./requesters.ts";
import { rotation } from "./rotation.ts";
import { start } from "./start.ts";
import { textAndRetries } from "./text-and-retries.ts";
import { work } from "./work.ts";

export const mutants: readonly Mutant[] = [
	...keys,
	...backend,
	...rotation,
	...pairing,
	...pluginPlace,
	...requesters,
	...people,
	...accounts,
	...http,
	...fairness,
	...live,
	...dashboard,
	...work,
	...postgres,
	...clock,
	...backups,
	...start,
	...doctor,
	...textAndRetries,
	...pluginConnect,
	...pluginCheckPlace,
	...harness,
	...pluginLooks,
	...pluginRuntime,
	...pluginBuild,
];
