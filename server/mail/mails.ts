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

export function verifyEmailMail({ to, link, publicUrl }: { to: string; link: string; publicUrl: string }): Mail {
	return {
		to,
		subject: "Verify your e-mail address for Auxvyn",
		text: `Someone, hopefully you, signed up with this e-mail address at
${publicUrl}

To create the account, open this link within 24 hours, and enter the
password you chose:

${link}

If it was not you, ignore this e-mail: without this link there will be
no account.
`,
	};
}

/** Instead of the mail above, for an address that has an account. */
export function alreadySignedUpMail({ to, publicUrl }: { to: string; publicUrl: string }): Mail {
	return {
		to,
		subject: "You already have an Auxvyn account",
		text: `Someone, hopefully you, signed up with this e-mail address at
${publicUrl}

It already has an account there, which stays as it is. Sign in with it,
or choose “Forgot your password?” on the sign-in page to set a new one.

If it was not you, there is nothing to do.
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
