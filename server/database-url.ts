/** Of libpq's, those that the driver follows. Another could replace what the server itself tells the driver. */
const PARAMETERS = ["sslmode", "sslrootcert", "sslcert", "sslkey", "options"];
/** The driver takes `prefer`, `require` and `verify-ca` for `verify-full`, and will not for ever. */
const SSL_MODES = ["verify-full", "disable", "no-verify"];

/** What is wrong with the URL of a database of PostgreSQL, without a part of it; goes on after its name. */
export function databaseUrlFault(value: string): string | undefined {
	const url = URL.parse(value);
	if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === "" || url.pathname.length < 2)
		return "must be postgres://user:password@host:5432/database, with special characters of the password as %XX";
	const names = [...url.searchParams.keys()];
	// With a slash, ? or # in a password, the host would be what is before it.
	if (`${url.pathname}${names.join("")}${url.hash}`.includes("@"))
		return "has an @ behind its host: write special characters of the password as %XX, such as %2F for / and %23 for #";
	if (/%(?![0-9a-f]{2})/i.test(url.username + url.password + url.pathname))
		return "has a % that begins no %XX: write it as %25";
	if (new Set(names).size < names.length || names.some((name) => !PARAMETERS.includes(name)))
		return `may have only the parameters ${PARAMETERS.join(", ")}, each once`;
	const mode = url.searchParams.get("sslmode");
	if (mode !== null && !SSL_MODES.includes(mode))
		return `must have sslmode=verify-full, or disable or no-verify: see docs/postgres.md#tls`;
	return undefined;
}

/** Whether connections to the database are encrypted. */
export function isEncrypted(value: string): boolean {
	const { searchParams } = new URL(value);
	const mode = searchParams.get("sslmode");
	return mode === null ? searchParams.has("sslrootcert") || searchParams.has("sslcert") : mode !== "disable";
}
