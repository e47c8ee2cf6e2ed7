import { isEncrypted } from "../../database-url.ts";

/** What is wrong with DATABASE_URL, and waiting does not change, by SQLSTATE or the driver's code. */
const BY_CODE: Readonly<Record<string, string>> = {
	// PostgreSQL says the same of both.
	"28P01": "the user or the password is wrong",
	"3D000": "there is no such database: create it, as in docs/postgres.md",
	"42501": "the user has too few rights there: GRANT them, as in docs/postgres.md#rights",
	"25006": "it takes no changes from this user: turn off default_transaction_read_only",
	"42704": "PostgreSQL does not know what its ?options name",
	"22023": "PostgreSQL does not take what its ?options say",
	ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host name: connect by the name that it is for",
	CERT_HAS_EXPIRED: "its certificate has expired: renew it",
};
const REFUSED = "28000";
/** The same, by what the driver says. */
const BY_MESSAGE: readonly (readonly [pattern: RegExp, fault: string])[] = [
	[/password must be/, "PostgreSQL wants a password"],
	[/does not support SSL/, "it has no TLS: leave out sslmode, or set up TLS"],
	[
		/certificate/i,
		"no authority that is known here has signed its certificate: give the authority's own by sslrootcert, as in docs/postgres.md#tls",
	],
];
/** For why it is waited. */
const WORDS: Readonly<Record<string, string>> = {
	"57P03": "it is starting",
	"53300": "it has too many connections",
	ECONNREFUSED: "nothing listens there",
	ENOTFOUND: "no such host",
};

interface Cause {
	code?: string;
	message?: string;
	syscall?: string;
}

/** The fault of DATABASE_URL that an error tells of; undefined if it may pass. */
export function faultIn(error: unknown, url: string): string | undefined {
	const { code = "", message = "", syscall = "" } = causeOf(error);
	if (code === REFUSED) return refused(url);
	if (/^(open|read)$/.test(syscall) && code !== "ECONNRESET")
		return `a file that sslrootcert, sslcert or sslkey names cannot be read (${code}): correct its path, or let this user read it`;
	return BY_CODE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
}

function refused(url: string): string {
	return isEncrypted(url)
		? "PostgreSQL does not let this user in: there is no such role, or no line in pg_hba.conf for this user, database and address"
		: "PostgreSQL refuses the user, or wants TLS: add ?sslmode=verify-full, or see pg_hba.conf";
}

/** Without what may have parts of DATABASE_URL in it. */
export function reasonOf(error: unknown): string {
	const { code = "no answer", message = "" } = causeOf(error);
	return code === "unavailable" ? message : (WORDS[code] ?? code);
}

/** PostgreSQL's or the driver's own error. */
function causeOf(error: unknown): Cause {
	const { cause } = error as { cause?: unknown };
	return cause instanceof Error ? causeOf(cause) : (error as Cause);
}
