import { A } from "@solidjs/router";
import { createEffect, createSignal, on, Show } from "solid-js";

import { PASSWORD_MIN_CHARACTERS } from "../../../shared/limits.ts";
import { asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { focusFirstInvalid } from "../ui/focus-invalid.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { CheckMail } from "./check-mail.tsx";
import { useSession } from "./session.tsx";
import { signIn, signUp } from "./sign-in-api.ts";
import { type SignInProblem, signInProblem, signUpClosedText } from "./sign-in-problem.ts";

export function SignInForm(props: {
	mode: "sign-in" | "sign-up";
	/** The token of the invitation link, if any. */
	invitation?: string | undefined;
	onSignUpClosed: (why: string) => void;
}) {
	const session = useSession();
	const [name, setName] = createSignal("");
	const [email, setEmail] = createSignal("");
	const [password, setPassword] = createSignal("");
	const [problem, setProblem] = createSignal<SignInProblem>();
	/** The address of a sign-up that waits for it to be verified. */
	const [sentTo, setSentTo] = createSignal<string>();
	const [busy, setBusy] = createSignal(false);
	const isNew = () => props.mode === "sign-up";
	const about = (field: SignInProblem["field"]) => (problem()?.field === field ? problem()?.message : undefined);
	createEffect(
		on(
			() => props.mode,
			() => setProblem(undefined),
			{ defer: true },
		),
	);

	const missing = async (): Promise<SignInProblem | undefined> => {
		const unfit = isNew() ? await checkText("name", "account name", name()) : undefined;
		if (unfit !== undefined) return { field: "name", message: unfit.message };
		if (!/^\S+@\S+$/.test(email().trim())) return { field: "email", message: "Enter your e-mail address." };
		if (password() === "") return { field: "password", message: "Enter your password." };
		if (isNew() && password().length < PASSWORD_MIN_CHARACTERS) {
			return { field: "password", message: `Use at least ${PASSWORD_MIN_CHARACTERS} characters.` };
		}
		return undefined;
	};

	const send = (address: string) => signUp(name().trim(), address, password(), props.invitation);

	let form: HTMLFormElement | undefined;
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		if (busy()) return;
		setBusy(true);
		setProblem(await missing());
		if (problem()) {
			setBusy(false);
			focusFirstInvalid(form);
			return;
		}
		try {
			const address = email().trim();
			const user = await (isNew() ? send(address) : signIn(address, password()));
			if (user) await session.signedIn(user);
			else setSentTo(address);
		} catch (error) {
			const apiError = asApiError(error);
			if (apiError.code === "sign_up_closed") props.onSignUpClosed(signUpClosedText(apiError));
			else setProblem(signInProblem(apiError));
			focusFirstInvalid(form);
		} finally {
			setBusy(false);
		}
	};

	const fields = () => (
		<form class="stack" ref={form} onSubmit={(event) => void submit(event)} noValidate>
			<Show when={isNew()}>
				<Field label="Name" value={name()} onValue={setName} autocomplete="name" error={about("name")} />
			</Show>
			<Field
				label="E-mail"
				type="email"
				value={email()}
				onValue={setEmail}
				autocomplete="username"
				error={about("email")}
			/>
			<PasswordField
				label="Password"
				value={password()}
				onValue={setPassword}
				autocomplete={isNew() ? "new-password" : "current-password"}
				hint={isNew() ? `At least ${PASSWORD_MIN_CHARACTERS} characters.` : undefined}
				error={about("password")}
			/>
			<Show when={problem()?.error}>{(error) => <FailureNotice error={error()} />}</Show>
			<Button kind="primary" type="submit" busy={busy()}>
				{isNew() ? "Sign up" : "Sign in"}
			</Button>
			<Show when={!isNew()}>
				<p class="auth-forgot">
					<A href="/forgot">Forgot your password?</A>
				</p>
			</Show>
		</form>
	);
	return (
		<Show when={isNew() && sentTo()} fallback={fields()}>
			{(address) => (
				<CheckMail
					email={address()}
					invited={props.invitation !== undefined}
					onAgain={() => send(address())}
					onBack={() => setSentTo(undefined)}
				/>
			)}
		</Show>
	);
}
