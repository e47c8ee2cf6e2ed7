import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
	from: string;
	to: string[];
	headers: string;
	text: string;
}

export interface MailServer {
	/** Settings for a server that sends its mail here. */
	env: { SMTP_URL: string; MAIL_FROM: string };
	mails: ReceivedMail[];
	/** Refuses all mail from now on. */
	refuse(): void;
	close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it receives. */
export async function startMailServer(): Promise<MailServer> {
	const mails: ReceivedMail[] = [];
	let refuses = false;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ["STARTTLS", "AUTH"],
		onRcptTo: ({ address }, _session, done) => {
			done(refuses ? Object.assign(new Error(`No mailbox ${address} here`), { responseCode: 550 }) : null);
		},
		onData: (stream, { envelope }, done) => {
			void text(stream).then((raw) => {
				const [headers = "", ...body] = raw.replaceAll("\r\n", "\n").split("\n\n");
				const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
				const to = envelope.rcptTo.map(({ address }) => address);
				mails.push({ from, to, headers, text: decoded(headers, body.join("\n\n")) });
				done();
			});
		},
	});
	server.listen(0, "127.0.0.1");
	await once(server.server, "listening");
	const { port } = server.server.address() as AddressInfo;
	return {
		env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Auxvyn <keys@example.com>" },
		mails,
		refuse: () => void (refuses = true),
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

/** RFC 2045 §6.7, for ASCII only. */
function decoded(headers: string, body: string): string {
	if (!/^content-transfer-encoding: quoted-printable$/im.test(headers)) return body;
	return body
		.replaceAll("=\n", "")
		.replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
