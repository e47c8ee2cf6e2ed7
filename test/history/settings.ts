import { randomInt } from "node:crypto";

/** Chooses what is asked, and the faults in their order. */
export const SEED = Number(process.env["AUXVYN_SEED"] ?? randomInt(1_000_000));
const keys = process.env["AUXVYN_HISTORY_KEYS"];
/** A run that takes its time: with longer faults, and a summary. */
export const IS_LONG = keys !== undefined;
/** How many keys are revoked. */
export const keysOr = (usual: number): number => Number(keys ?? usual);
/** How many keys are alive at a time. */
export const atOnceOr = (usual: number): number => Number(process.env["AUXVYN_HISTORY_AT_ONCE"] ?? usual);
export const TIMEOUT_MS = 240_000 + keysOr(0) * 200;
