import type { SignUps } from "../accounts/sign-up/create-sign-up.ts";
import type { Storage } from "../storage/storage.ts";
import { canSignUp } from "./invitations.store.ts";
import { signUp } from "./sign-up.store.ts";

export function createSignUps(storage: Storage): SignUps {
	return {
		isInvited: (tokenHash) => storage.read(canSignUp, { tokenHash }),
		create: (account) => storage.write(signUp, account),
	};
}
