import { createTransport } from "nodemailer";

import type { MailSettings } from "../mail-settings.ts";

const CONNECT_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 3_000;
/** Connections to the mail server. */
const MAX_SENDING = 6;
/** Including those being sent. Only reached if the mail server is slow or down. */
const MAX_PENDING = 100;
/** Of both limits. The rest is kept for mails that someone waits for. */
const SHARE_OF_ALERTS = 0.5;

export interface Mail {
	to: string;
	subject: string;
	text: string;
	/** Nobody waits for it, and it goes to many: it leaves room for other mails. */
	isAlert?: boolean;
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
	const lines = { alerts: createLine(SHARE_OF_ALERTS), others: createLine(1) };
	const sending = new Set<Promise<void>>();

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

	function sendNext(): void {
		// Others first.
		for (const line of [lines.others, lines.alerts]) {
			while (sending.size < MAX_SENDING && line.sending < MAX_SENDING * line.share) {
				const mail = line.waiting.shift();
				if (mail === undefined) break;
				line.sending += 1;
				const delivery = deliver(mail).finally(() => {
					line.sending -= 1;
					sending.delete(delivery);
					sendNext();
				});
				sending.add(delivery);
			}
		}
	}

	async function allSent(): Promise<void> {
		while (sending.size > 0) await Promise.all(sending);
	}

	function pendingIn({ waiting, sending: sent }: Line): number {
		return waiting.length + sent;
	}

	return {
		send(mail) {
			const line = mail.isAlert === true ? lines.alerts : lines.others;
			const pending = pendingIn(lines.alerts) + pendingIn(lines.others);
			if (pending >= MAX_PENDING || pendingIn(line) >= MAX_PENDING * line.share) {
				log("warn", "mail not sent: too many are waiting for the mail server");
				return;
			}
			line.waiting.push(mail);
			sendNext();
		},
		async close() {
			const timeout = Promise.withResolvers<undefined>();
			const timer = setTimeout(() => timeout.resolve(undefined), CLOSE_TIMEOUT_MS);
			await Promise.race([allSent(), timeout.promise]);
			for (const line of Object.values(lines)) line.waiting.length = 0;
			clearTimeout(timer);
			transport.close();
		},
	};
}

interface Line {
	/** Of what is pending and of the connections. */
	share: number;
	waiting: Mail[];
	sending: number;
}

function createLine(share: number): Line {
	return { share, waiting: [], sending: 0 };
}

/** Codes only: the mail server's message may contain the recipient's address. */
function reasonOf(error: unknown): string {
	const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
	const known = [code, responseCode].filter((each) => typeof each === "string" || typeof each === "number");
	return known.length === 0 ? "unknown error" : known.join(" ");
}
