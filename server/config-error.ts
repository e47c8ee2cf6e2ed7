/** An invalid setting, or settings that contradict each other. The message is one line; the server does not start. */
export class ConfigError extends Error {
	override readonly name = "ConfigError";
}
