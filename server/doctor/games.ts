import { isBlockedPort } from "../../shared/ports.ts";
import { ROUTES } from "../../shared/wire.ts";
import { ask, NoReply } from "./ask.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";
import { challengeIn } from "./gate.ts";

/** As Roblox's servers call themselves. */
const USER_AGENT = "Roblox/Linux";
const NO_KEY = "auxvyn-doctor";
/** Whether a game's request reaches the server with its key. */
export async function lookAtGames(url: URL, port: number): Promise<Finding> {
	if (isBlockedPort(port)) {
		return problem(
			"games",
			`Roblox does not let games and Studio use port ${port}: use 443, or a port from 1024 on except 1194.`,
		);
	}
	for (const name of ["authorization", "x-api-key"]) {
		const value = name === "authorization" ? `Bearer ${NO_KEY}` : NO_KEY;
		try {
			const reply = await ask(new URL(ROUTES.whoami, url), { "user-agent": USER_AGENT, [name]: value });
			const code = reply.json?.["code"];
			if (code === "missing_key")
				return problem("games", `The proxy drops the header ${name}: let it pass on all headers.`);
			if (reply.status !== 401 || code !== "malformed_key") {
				return problem(
					"games",
					challengeIn(reply) ??
						`A game's request does not get the server's own response (HTTP ${reply.status}): let the proxy pass on ${ROUTES.whoami}.`,
				);
			}
		} catch (error) {
			if (!(error instanceof NoReply)) throw error;
			return unseen("games", `A game's request got no response (${error.code}): see address and https.`);
		}
	}
	return ok("games", "A game's request reaches the server, with its key.");
}
