import { ReplacedKey } from "../../connect/responses";

const DAY_SECONDS = 86_400;

export interface RotationText {
	/** `waiting`: it will change without anyone's help. `asking`: a person has to decide. */
	kind: "waiting" | "asking" | "good";
	text: string;
	/** Goes on in the dashboard, on the old key's page. */
	inDashboard?: true;
}

/** Whether that was within a day. `now`: in seconds since 1970. */
function isRecent(iso: string | undefined, now: number): boolean {
	const [read, moment] = pcall(() => (iso === undefined ? undefined : DateTime.fromIsoDate(iso)));
	return read && moment !== undefined && now - moment.UnixTimestamp < DAY_SECONDS;
}

/** How far the key is that the one in the place replaces; undefined if there is nothing to say. */
export function rotationText(replaced: ReplacedKey, now: number): RotationText | undefined {
	const { liveServers, retirement, isSafe, isRevoked, revokedAt } = replaced;
	if (isRevoked) {
		return isRecent(revokedAt, now) ? { kind: "good", text: "Old key revoked: rotation done" } : undefined;
	}
	const old = `the old key …${replaced.hint}`;
	if (liveServers > 0) {
		const text = `${liveServers} ${liveServers === 1 ? "server" : "servers"} still on ${old}`;
		return retirement === "asking"
			? { kind: "asking", text: `${text}. Decide in the dashboard.`, inDashboard: true }
			: { kind: "waiting", text };
	}
	if (isSafe && retirement === "waiting")
		return { kind: "good", text: `Safe to revoke ${old}. The server does that automatically.` };
	if (isSafe) return { kind: "good", text: `Safe to revoke ${old}`, inDashboard: true };
	if (retirement === "asking") {
		return { kind: "asking", text: `Decide in the dashboard whether to revoke ${old}.`, inDashboard: true };
	}
	return { kind: "waiting", text: `No live servers on ${old}. Waiting until it is safe to revoke.` };
}
