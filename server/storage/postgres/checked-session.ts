import { checkPooler } from "./check-pooler.ts";
import { checkServer } from "./check-server.ts";
import { openSession, type Session, type SessionOptions } from "./session.ts";

/**
 * Opens a session, checks that it leads to a primary that can be used, and closes it once `work` is done.
 * @throws UnusableDatabase
 */
export async function onCheckedSession<Result>(
	options: Pick<SessionOptions, "url" | "name" | "settings">,
	work: (session: Session) => Promise<Result>,
): Promise<Result> {
	const sessions: Session[] = [];
	const open = async () => {
		// Without prepared statements, which some poolers do not know.
		const session = await openSession({ ...options, prepare: false });
		sessions.push(session);
		return session;
	};
	try {
		const session = await open();
		await checkServer(session);
		await checkPooler(session, await open());
		return await work(session);
	} finally {
		await Promise.all(sessions.map((session) => session.close()));
	}
}
