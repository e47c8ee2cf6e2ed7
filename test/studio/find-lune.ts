import { findTool } from "../../plugin/build/tools.ts";

let found: Promise<string> | undefined;

/** The path of Lune, which is asked for its version once in each process. */
export const findLune = (): Promise<string> => (found ??= findTool("lune"));
