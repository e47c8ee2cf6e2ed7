import { ConfigError } from "./config-error.ts";

export interface MailSettings {
	host: string;
	port: number;
	/** Implicit TLS (smtps://) instead of STARTTLS. */
	secure: boolean;
	auth: { user: string; pass: string } | undefined;
	/** The sender. */
	from: string;
}

const SMTP_PORTS: Record<string, number> = { "smtp:": 587, "smtps:": 465 };
/** `name@host`, or `Display Name <name@host>`. */
const SENDER = /^(?:[^<>"\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/**
 * Parses SMTP_URL and MAIL_FROM; undefined if neither is set.
 * @throws ConfigError, never repeating the password
 */
export function mailSettings(address: string | undefined, from: string | undefined): MailSettings | undefined {
	if (address === undefined && from === undefined) return undefined;
	if (address === undefined || from === undefined) {
		throw new ConfigError("SMTP_URL and MAIL_FROM belong together: set both, or neither.");
	}
	if (!SENDER.test(from)) {
		throw new ConfigError(
			"MAIL_FROM must be an e-mail address, such as keys@example.com or Auxvyn <keys@example.com>.",
		);
	}
	return { ...smtpServer(address), from };
}

function smtpServer(address: string): Omit<MailSettings, "from"> {
	const url = URL.parse(address);
	const port = SMTP_PORTS[url?.protocol ?? ""];
	const bare = url && /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "" && url.hostname !== "";
	const auth = url && credentialsOf(url);
	if (!url || port === undefined || !bare || auth === null) {
		throw new ConfigError(
			"SMTP_URL must be smtp://user:password@host:port, or smtps:// for implicit TLS. Percent-encode special characters, and leave out user and password if the mail server needs none.",
		);
	}
	return {
		host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
		port: url.port === "" ? port : Number(url.port),
		secure: url.protocol === "smtps:",
		auth,
	};
}

/** Null if invalid. */
function credentialsOf({ username, password }: URL): { user: string; pass: string } | undefined | null {
	if (username === "" && password === "") return undefined;
	if (username === "" || password === "") return null;
	try {
		return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
	} catch {
		return null;
	}
}
