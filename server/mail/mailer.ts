import { createTransport } from "nodemailer";

import type { MailSettings } from "../mail-settings.ts";

const CONNECT_PATIENCE_MS = 5_000;
const ANSWER_PATIENCE_MS = 10_000;
const CLOSING_PATIENCE_MS = 3_000;
/** More than that waits only where the mail server is slow or gone. */
const MOST_AT_ONCE = 100;

export interface Mail {
	to: string;
	subject: string;
	text: string;
}

export interface Mailer {
	/** Sends it meanwhile: no answer waits for a mail server, or tells whether there was anything to send. */
	post(mail: Mail): void;
	/** Gives what is under way a little time. */
	close(): Promise<void>;
}

/** `log` learns that a mail was not sent and the failure's code; never to whom, and nothing of what was in it. */
export function createMailer(settings: MailSettings, log: (level: "info" | "warn", message: string) => void): Mailer {
	const { from, host, port, secure, auth } = settings;
	const transport = createTransport({
		host,
		port,
		secure,
		...(auth && { auth, requireTLS: !secure }),
		connectionTimeout: CONNECT_PATIENCE_MS,
		greetingTimeout: CONNECT_PATIENCE_MS,
		socketTimeout: ANSWER_PATIENCE_MS,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	const underWay = new Set<Promise<void>>();

	async function send({ to, subject, text }: Mail): Promise<void> {
		try {
			await transport.sendMail({
				from,
				// As an object nothing in it is taken for a second address.
				to: { name: "", address: to },
				subject,
				text,
				headers: { "Auto-Submitted": "auto-generated" },
			});
			log("info", "a mail was handed to the mail server");
		} catch (error) {
			log("warn", `a mail could not be sent: ${reasonOf(error)}`);
		}
	}

	return {
		post(mail) {
			if (underWay.size >= MOST_AT_ONCE) {
				log("warn", "a mail was not sent: too many wait for the mail server");
				return;
			}
			const sending = send(mail).finally(() => underWay.delete(sending));
			underWay.add(sending);
		},
		async close() {
			const patience = Promise.withResolvers<undefined>();
			const timer = setTimeout(() => patience.resolve(undefined), CLOSING_PATIENCE_MS);
			await Promise.race([Promise.all(underWay), patience.promise]);
			clearTimeout(timer);
			transport.close();
		},
	};
}

/** The mail server's own words may repeat the address. */
function reasonOf(error: unknown): string {
	const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
	const known = [code, responseCode].filter((each) => typeof each === "string" || typeof each === "number");
	return known.length === 0 ? "unknown error" : known.join(" ");
}
