import path from "node:path";

import { REPOSITORY } from "./repository.ts";

/** The built models: the plugin, and the runtime for games that do not get it from the plugin. */
export const MODELS = ["Auxvyn.rbxmx", "Client.rbxmx"] as const;
export type ModelName = (typeof MODELS)[number];

/** Where a model is in the repository, for those who do not build it. */
export function committedModel(model: ModelName, repository: string = REPOSITORY): string {
	return path.join(repository, "plugin", model);
}

/** Where `buildPlugin` puts a model. */
export function builtModel(model: ModelName, repository: string = REPOSITORY): string {
	return path.join(repository, "build", model);
}
