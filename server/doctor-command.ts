import { lookFromElsewhere, lookHere, report } from "./doctor/index.ts";

/** `npm run doctor`, or from another computer `npm run doctor -- https://keys.example.com` */
const USAGE =
	"Give the server's address, such as npm run doctor -- https://keys.example.com, or nothing on the server's own computer.";

const [address, ...more] = process.argv.slice(2);
const url = address === undefined ? undefined : originOf(address);
if (url === null || more.length > 0) {
	console.error(USAGE);
	process.exitCode = 1;
} else {
	const findings = url === undefined ? await lookHere(process.env) : await lookFromElsewhere(url);
	console.log(report(findings));
	if (findings.some(({ state }) => state === "problem")) process.exitCode = 1;
}

/** Null if it is no address of a server. A path is left off. */
function originOf(text: string): URL | null {
	const url = URL.parse(text);
	return url && /^https?:$/.test(url.protocol) ? new URL(url.origin) : null;
}
