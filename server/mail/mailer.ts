import { createTransport } from "nodemailer";

import type { MailSettings } from "../mail-settings.ts";

const CONNECT_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 3_000;
/** Only reached if the mail server is slow or down. */
const MAX_PENDING = 100;

export interface Mail {
	to: string;
	subject: string;
	text: string;
}

export interface Mailer {
	/** Sends in the background, so that no response waits for the mail server or reveals whether mail was sent. */
	send(mail: Mail): void;
	/** Waits briefly for pending mail. */
	close(): Promise<void>;
}

/** Logs failures with their error code, but never a recipient or any content. */
export function createMailer(settings: MailSettings, log: (level: "info" | "warn", message: string) => void): Mailer {
	const { from, host, port, secure, auth } = settings;
	const transport = createTransport({
		host,
		port,
		secure,
		...(auth && { auth, requireTLS: !secure }),
		connectionTimeout: CONNECT_TIMEOUT_MS,
		greetingTimeout: CONNECT_TIMEOUT_MS,
		socketTimeout: SOCKET_TIMEOUT_MS,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	const pending = new Set<Promise<void>>();

	async function deliver({ to, subject, text }: Mail): Promise<void> {
		try {
			await transport.sendMail({
				from,
				// An object, because a string would be parsed as a list of addresses.
				to: { name: "", address: to },
				subject,
				text,
				headers: { "Auto-Submitted": "auto-generated" },
			});
			log("info", "mail accepted by the mail server");
		} catch (error) {
			log("warn", `mail not sent: ${reasonOf(error)}`);
		}
	}

	return {
		send(mail) {
			if (pending.size >= MAX_PENDING) {
				log("warn", "mail not sent: too many are waiting for the mail server");
				return;
			}
			const delivery = deliver(mail).finally(() => pending.delete(delivery));
			pending.add(delivery);
		},
		async close() {
			const timeout = Promise.withResolvers<undefined>();
			const timer = setTimeout(() => timeout.resolve(undefined), CLOSE_TIMEOUT_MS);
			await Promise.race([Promise.all(pending), timeout.promise]);
			clearTimeout(timer);
			transport.close();
		},
	};
}

/** Codes only: the mail server's message may contain the recipient's address. */
function reasonOf(error: unknown): string {
	const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
	const known = [code, responseCode].filter((each) => typeof each === "string" || typeof each === "number");
	return known.length === 0 ? "unknown error" : known.join(" ");
}
