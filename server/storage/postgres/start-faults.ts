/** What is wrong with DATABASE_URL, and waiting does not change, by SQLSTATE. */
const BY_STATE: Readonly<Record<string, string>> = {
	"28P01": "the password is wrong",
	"28000": "PostgreSQL refuses the user, or wants TLS: add ?sslmode=verify-full, or see pg_hba.conf",
	"3D000": "there is no such database: create it",
	"42501": "the user has too few rights there",
};
/** The same, by what the driver says. */
const BY_MESSAGE: readonly (readonly [pattern: RegExp, fault: string])[] = [
	[/password must be/, "PostgreSQL wants a password"],
	[/URI malformed/, "its user or password has a % that begins no %XX: write it as %25"],
	[/does not support SSL/, "it has no TLS: leave out sslmode, or set up TLS"],
	[/certificate|altname/i, "its certificate is not trusted for this host: see sslrootcert"],
];
/** For why it is waited. */
const WORDS: Readonly<Record<string, string>> = {
	"57P03": "it is starting",
	"53300": "it has too many connections",
	ECONNREFUSED: "nothing listens there",
	ENOTFOUND: "no such host",
};

/** The fault of DATABASE_URL that an error tells of; undefined if it may pass. */
export function faultIn(error: unknown): string | undefined {
	const { code = "", message = "" } = causeOf(error);
	return BY_STATE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
}

/** Without what may have parts of DATABASE_URL in it. */
export function reasonOf(error: unknown): string {
	const { code = "no answer" } = causeOf(error);
	return WORDS[code] ?? code;
}

/** PostgreSQL's or the driver's own error. */
function causeOf(error: unknown): { code?: string; message?: string } {
	const { cause } = error as { cause?: unknown };
	return cause instanceof Error ? causeOf(cause) : (error as { code?: string; message?: string });
}
