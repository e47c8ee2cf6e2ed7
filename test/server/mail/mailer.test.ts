import { createServer, type Socket } from "node:net";

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

describe("with a mail server that hangs", () => {
	it("alerts take at most half of the pending places and of the connections, and what people wait for goes first", async () => {
		const held = new Set<Socket>();
		let released = false;
		const server = createServer((socket) => {
			socket.on("error", () => {});
			if (released) socket.destroy();
			else held.add(socket);
		});
		onTestFinished(() => void server.close());
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { log, mailer } = start(`smtp://127.0.0.1:${(server.address() as { port: number }).port}`);
		for (let count = 0; count < 60; count++) mailer.send({ ...MAIL, isAlert: true });
		expect(log).toHaveLength(10);
		await expect.poll(() => held.size).toBe(3);
		for (let count = 0; count < 50; count++) mailer.send(MAIL);
		expect(log).toHaveLength(10);
		mailer.send(MAIL);
		expect(log).toEqual(Array.from({ length: 11 }, () => expect.stringContaining("too many are waiting") as string));
		await expect.poll(() => held.size).toBe(6);
		released = true;
		for (const socket of held) socket.destroy();
		await mailer.close();
		// All 100 were tried.
		expect(log).toHaveLength(111);
		expect(held.size).toBe(6);
	});
});
