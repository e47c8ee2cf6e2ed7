import { WaitingCodes } from "../studio/waiting-code";
import { Session } from "./session";
import { SessionState } from "./state";

/** Lets the copies of the plugin in a playtest show the code that waits for approval. Returns a function that ends it. */
export function shareCode(session: Session, codes: WaitingCodes): () => void {
	let shared: string | undefined;

	function share({ screen }: SessionState) {
		const code = screen.kind === "code" ? screen : undefined;
		if (code?.userCode === shared) return;
		shared = code?.userCode;
		if (code === undefined) {
			codes.save(undefined);
			return;
		}
		const { userCode, verificationUri } = code;
		codes.save({ userCode, verificationUri, endsAt: os.time() + code.endsAt - os.clock() });
	}

	session.onChange(share);
	return () => {
		if (shared !== undefined) codes.save(undefined);
	};
}
