import { createServer } from "node:net";

import { describe, expect, it, onTestFinished } from "vitest";

import { createMailer, type Mail } from "../../../server/mail/mailer.ts";
import { mailSettings } from "../../../server/mail-settings.ts";
import { startMailServer } from "../mail-server.ts";

const MAIL: Mail = { to: "rin@example.com", subject: "A subject", text: "A text with a secret\n" };

function mailer(url: string) {
	const settings = mailSettings(url, "keys@example.com");
	if (settings === undefined) throw new Error("There are settings.");
	const log: string[] = [];
	return { log, mailer: createMailer(settings, (level, message) => log.push(`${level}: ${message}`)) };
}

describe("a mail", () => {
	it("is plain text to one address, and says that no answer is wanted", async () => {
		const server = await startMailServer();
		onTestFinished(() => server.close());
		const { log, mailer: post } = mailer(server.env.SMTP_URL);
		post.post(MAIL);
		await post.close();
		expect(server.mails).toMatchObject([{ from: "keys@example.com", to: [MAIL.to], text: MAIL.text }]);
		expect(server.mails[0]?.headers).toMatch(/^Content-Type: text\/plain/m);
		expect(server.mails[0]?.headers).toMatch(/^Auto-Submitted: auto-generated$/m);
		expect(log).toEqual(["info: a mail was handed to the mail server"]);
	});

	it("goes to one address, whatever is written in it", async () => {
		const server = await startMailServer();
		onTestFinished(() => server.close());
		const { mailer: post } = mailer(server.env.SMTP_URL);
		post.post({ ...MAIL, to: "rin@example.com, jo@example.com" });
		await post.close();
		expect(server.mails.flatMap(({ to }) => to)).not.toContain("jo@example.com");
	});

	it("is not sent where a password would go over the line in clear, and the log has neither that nor the mail", async () => {
		const heard: string[] = [];
		const server = createServer((socket) => {
			socket.write("220 mail.example.com ESMTP\r\n");
			socket.on("data", (chunk) => {
				heard.push(chunk.toString());
				socket.write(chunk.toString().startsWith("EHLO") ? "250-hello\r\n250 AUTH PLAIN LOGIN\r\n" : "502 no\r\n");
			});
			socket.on("error", () => {});
		});
		onTestFinished(() => void server.close());
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as { port: number };
		const { log, mailer: post } = mailer(`smtp://me:hunter2@127.0.0.1:${port}`);
		post.post(MAIL);
		await post.close();
		expect(heard.join("")).not.toMatch(/AUTH|hunter2|aHVudGVyMg/);
		expect(log).toHaveLength(1);
		expect(log[0]).toMatch(/^warn: a mail could not be sent: E/);
		expect(log[0]).not.toMatch(/rin@|hunter2|secret/);
	});
});
