import { findAddresses, lookAtAddress, portOf } from "./address.ts";
import { lookAtBackups } from "./backups.ts";
import { lookAtCertificate } from "./certificate.ts";
import { lookAtClock } from "./clock.ts";
import { lookAtDashboard, lookAtPlugin } from "./downloads.ts";
import { type Finding, problem, unseen } from "./finding.ts";
import { lookAtGames } from "./games.ts";
import { lookAtProxy, type Situation } from "./proxy.ts";
import { type Answer, askReadiness } from "./readiness.ts";

/** What can be seen of a running server from anywhere. `isElsewhere`: this is another computer than the server. */
export async function lookFromOutside(url: URL, isElsewhere: boolean): Promise<Finding[]> {
	const found = await findAddresses(url);
	const address = await lookAtAddress(url, found);
	const findings = [address.finding];
	let answer: Answer | undefined;
	if (address.isReachable) {
		answer = await askReadiness(url);
		findings.push(...(await lookBehind({ url, addresses: found.addresses, isElsewhere }, answer)));
	} else {
		findings.push(unseen("server", "Nothing answers at the address, so https and the proxy could not be checked."));
	}
	return isElsewhere ? [...findings, ...fromElsewhere(answer)] : findings;
}

async function lookBehind(situation: Situation, answer: Answer): Promise<Finding[]> {
	const { url } = situation;
	const certificate = await lookAtCertificate(url);
	if (answer.readiness === undefined) return [certificate, answer.finding];
	return [
		certificate,
		answer.finding,
		await lookAtDashboard(situation),
		await lookAtGames(url, portOf(url)),
		await lookAtPlugin(situation),
		lookAtProxy(situation, answer),
		lookAtClock(situation, answer),
		lookAtBackups(answer.readiness),
	];
}

/** What only the server's own computer can see, but for what the server tells of it. */
function fromElsewhere(answer: Answer | undefined): Finding[] {
	const isLow = answer?.readiness?.disk?.low === true;
	return [
		...(isLow ? [problem("disk", "It is almost full, and nothing new is stored: free some space on the server.")] : []),
		unseen("settings", "Settings, free disk, database and mail: run npm run doctor on the server."),
	];
}
