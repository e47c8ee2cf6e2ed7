import { createMemo, createRoot } from "solid-js";

import { now } from "../ui/clock.ts";

const HOUR_MS = 3_600_000;

/** Hours since 1970, for what only changes hourly. */
export const currentHour = createRoot(() => createMemo(() => Math.floor(now() / HOUR_MS)));
