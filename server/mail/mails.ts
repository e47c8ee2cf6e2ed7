import type { Mail } from "./mailer.ts";

export function passwordResetMail({ to, link, publicUrl }: { to: string; link: string; publicUrl: string }): Mail {
	return {
		to,
		subject: "Reset your Auxvyn password",
		text: `We received a request to reset the password of your account at
${publicUrl}

To set a new password, open this link within an hour:

${link}

It works once. If you did not request it, ignore this e-mail: your
password stays the same.
`,
	};
}

/** Sent to the old address. */
export function emailChangedMail({ to, publicUrl }: { to: string; publicUrl: string }): Mail {
	return {
		to,
		subject: "Your Auxvyn e-mail address was changed",
		text: `The account with this e-mail address at ${publicUrl}
now uses a different one.

If you changed it, there is nothing to do. If not, contact the person
who runs that server.
`,
	};
}
