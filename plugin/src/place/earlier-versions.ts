import { Token } from "./luau-tokens";
import { sha256 } from "./sha256";

/**
 * What earlier versions of the plugin wrote after the options, and into the module below, oldest first, by SHA-256: a place
 * that they connected has Auxvyn's own code.
 */
const CORES = new Set<string>([
	"83978922c28b3ef75a4ebf8c404752ed8ae6942fd8d7d201936a0f3e8e9f4d65",
	"b59c4fad7c518fbf115658c743b357f60f181abf5fbe41d21512c9ecce9b0b56",
	"beb8d02e5a17f1e69a7cfecffc672ec52749458e519da3cc87e9cb75d913a357",
	"9ddb191550f36f0bf094c5e45f70921b1cc6f54f73c4938222081eec03caabf6",
	"a9d0009fb5d40d66021014041b6a74867c8232323347f6e6b1966779b06e029b",
	"4f51becf02f1713dcff9afcd228f1c385bcd38958837fcd1fb0c598a15c01e5f",
]);
const CLIENTS = new Set<string>([
	"53182cd0fd1d48846cf46bdd9ff703a2dcdde4cca1a234aad8fc559a2e5295c4",
	"c34625167ba1c3bfa1446f4f3352ca8a8710903d0f9854221154544ee4a22e43",
	"0cd148743579ddfdac6d56b5f26e92b69a7df744e206fa0ec33310659eaa5774",
]);

/** The place is looked at after every change, but its Script rarely changes. */
function remembered(digest: (text: string) => string): (text: string) => string {
	let last: { text: string; digest: string } | undefined;
	return (text) => {
		if (last?.text !== text) last = { text, digest: digest(text) };
		return last.digest;
	};
}

const digestOfCore = remembered(sha256);
const digestOfClient = remembered(sha256);

/** Of code without its spaces and comments. */
export function coreDigest(tokens: Token[]): string {
	return digestOfCore(tokens.map(({ kind, text }) => `${kind} ${text.size()} ${text}`).join("\n"));
}

/** @param fingerprint as `fingerprintOf` */
export function clientDigest(fingerprint: string): string {
	return digestOfClient(fingerprint);
}

export function isEarlierCore(tokens: Token[]): boolean {
	return CORES.has(coreDigest(tokens));
}

export function isEarlierClient(fingerprint: string): boolean {
	return CLIENTS.has(clientDigest(fingerprint));
}
