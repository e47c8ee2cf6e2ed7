import type { Mail } from "./mailer.ts";

/** What the people who use this server are written. Short, plain, and with one thing to do. */
export function passwordResetMail({ to, link, publicUrl }: { to: string; link: string; publicUrl: string }): Mail {
	return {
		to,
		subject: "Set a new password for Auxvyn",
		text: `Somebody, we hope it was you, asked to set a new password for your
account at ${publicUrl}

Open this link within an hour:

${link}

It works once. If you did not ask for it, do nothing: your password
stays as it is.
`,
	};
}

/** For the address that was the account's until now. */
export function emailChangedMail({ to, publicUrl }: { to: string; publicUrl: string }): Mail {
	return {
		to,
		subject: "Your e-mail address for Auxvyn was changed",
		text: `The account that used this e-mail address at ${publicUrl}
uses another one from now on.

If it was you, there is nothing to do. If not, tell whoever runs that
server.
`,
	};
}
