import { createSignal } from "solid-js";

import type * as StepListModule from "./step-list.tsx";

/** Loaded after the page, which stays small: most workspaces have completed the steps. Undefined until then. */
const [loaded, setLoaded] = createSignal<typeof StepListModule>();
const [failed, setFailed] = createSignal(false);
import("./step-list.tsx").then(setLoaded, () => setFailed(true));

export const stepList = () => loaded()?.StepList;

/** True once it is clear whether there will be a list, so that the page does not jump. */
export const stepListSettled = () => failed() || loaded() !== undefined;
