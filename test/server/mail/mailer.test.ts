import { createServer } from "node:net";

import { describe, expect, it, onTestFinished } from "vitest";

import { createMailer, type Mail } from "../../../server/mail/mailer.ts";
import { mailSettings } from "../../../server/mail-settings.ts";
import { startMailServer } from "../mail-server.ts";

const MAIL: Mail = { to: "rin@example.com", subject: "A subject", text: "A text with a secret\n" };

function start(url: string) {
	const settings = mailSettings(url, "keys@example.com");
	if (settings === undefined) throw new Error("Mail settings are missing.");
	const log: string[] = [];
	return { log, mailer: createMailer(settings, (level, message) => log.push(`${level}: ${message}`)) };
}

describe("a mail", () => {
	it("is plain text to one address, and suppresses automatic replies", async () => {
		const server = await startMailServer();
		onTestFinished(() => server.close());
		const { log, mailer } = start(server.env.SMTP_URL);
		mailer.send(MAIL);
		await mailer.close();
		expect(server.mails).toMatchObject([{ from: "keys@example.com", to: [MAIL.to], text: MAIL.text }]);
		expect(server.mails[0]?.headers).toMatch(/^Content-Type: text\/plain/m);
		expect(server.mails[0]?.headers).toMatch(/^Auto-Submitted: auto-generated$/m);
		expect(log).toEqual(["info: mail accepted by the mail server"]);
	});

	it("to an address with a comma is not sent to two addresses", async () => {
		const server = await startMailServer();
		onTestFinished(() => server.close());
		const { log, mailer } = start(server.env.SMTP_URL);
		mailer.send({ ...MAIL, to: "rin@example.com, jo@example.com" });
		await mailer.close();
		// Nodemailer quotes it, and the mail server refuses it.
		expect(log).toEqual([expect.stringMatching(/^warn: mail not sent: /)]);
		expect(server.mails).toEqual([]);
	});

	it("is not sent if the password would be unencrypted, and neither appears in the log", async () => {
		const received: string[] = [];
		const server = createServer((socket) => {
			socket.write("220 mail.example.com ESMTP\r\n");
			socket.on("data", (chunk) => {
				received.push(chunk.toString());
				socket.write(chunk.toString().startsWith("EHLO") ? "250-hello\r\n250 AUTH PLAIN LOGIN\r\n" : "502 no\r\n");
			});
			socket.on("error", () => {});
		});
		onTestFinished(() => void server.close());
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as { port: number };
		const { log, mailer } = start(`smtp://me:hunter2@127.0.0.1:${port}`);
		mailer.send(MAIL);
		await mailer.close();
		expect(received.join("")).toContain("EHLO");
		expect(received.join("")).not.toMatch(/AUTH|hunter2|aHVudGVyMg/);
		expect(log).toHaveLength(1);
		expect(log[0]).toMatch(/^warn: mail not sent: E/);
		expect(log[0]).not.toMatch(/rin@|hunter2|secret/);
	});
});
