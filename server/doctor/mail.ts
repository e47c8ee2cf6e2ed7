import { createTransport } from "nodemailer";

import type { Config } from "../config.ts";
import { type Finding, ok, problem } from "./finding.ts";

const TIMEOUT_MS = 8_000;

const REASONS: Record<string, string> = {
	EAUTH: "refuses the user and password in SMTP_URL: correct them.",
	ECONNECTION: "does not answer: check host and port in SMTP_URL, and whether the provider blocks the port.",
	EDNS: "does not exist: correct the host in SMTP_URL.",
	ESOCKET: "does not answer, or not as SMTP_URL says: check host, port, and smtp:// or smtps://.",
	ETIMEDOUT: "does not answer: check host and port in SMTP_URL, and whether the provider blocks the port.",
	ETLS: "offers no TLS, without which no password is sent: use smtps:// or another port.",
};

/** Whether the mail server takes the connection and the password. Sends nothing. */
export async function lookAtMail({ mail, signUp }: Pick<Config, "mail" | "signUp">): Promise<Finding> {
	if (mail === undefined) {
		return signUp === "open"
			? problem(
					"mail",
					"With SIGN_UP=open and no mail, anyone can sign up with someone else's address: set SMTP_URL and MAIL_FROM.",
				)
			: ok("mail", "Not set up. For forgotten passwords: npm run reset-password.");
	}
	const { host, port, secure, auth } = mail;
	const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
	const transport = createTransport({ host, port, secure, ...(auth && { auth, requireTLS: !secure }), ...timeouts });
	try {
		await transport.verify();
		return ok(
			"mail",
			`The mail server accepts the connection${auth ? " and the password" : ""}. To see whether mail arrives, request a reset link.`,
		);
	} catch (error) {
		const { code = "" } = error as { code?: string };
		return problem(
			"mail",
			`The mail server ${REASONS[code] ?? `refuses (${code || "no reason given"}): look in its log.`}`,
		);
	} finally {
		transport.close();
	}
}
