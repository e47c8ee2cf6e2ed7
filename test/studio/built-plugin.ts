import { buildPlugin } from "../../plugin/build/build-plugin.ts";

let built: Promise<string> | undefined;

/** The path of the plugin, built if it was stale when the first test of this process asked: that depends on many files. */
export const builtPlugin = (): Promise<string> => (built ??= buildPlugin());
