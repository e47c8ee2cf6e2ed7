/** A setting that contradicts itself or another one: said in one line, and the start ends. */
export class ConfigError extends Error {
	override readonly name = "ConfigError";
}
