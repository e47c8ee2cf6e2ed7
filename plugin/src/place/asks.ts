import { displayText, SENTENCE_CHARACTERS } from "../text/display-text";
import { sourceOf } from "./candidates";
import { CLIENT_NAME, isLinked } from "./client-module";
import { isEarlierClient } from "./earlier-versions";
import { parseServerAddress } from "./server-address";
import { SourceFacts } from "./source";
import { Ask } from "./types";

/** The managed Script's code as this version of the plugin writes it. */
export interface OwnCode {
	/** The game's runtime. It is cloned below the managed Script. */
	client: Instance;
	clientFingerprint: string;
}

/** Each Instance of a tree by its name below the tree's parent, with its class and source. */
function entriesOf(instance: Instance, above = ""): Array<[path: string, content: string]> {
	const path = above === "" ? instance.Name : `${above}.${instance.Name}`;
	const [source] = (sourceOf(instance) ?? "").gsub("\r\n", "\n");
	const isOwnSource = !instance.IsA("LuaSourceContainer") || !isLinked(instance);
	const entries: Array<[path: string, content: string]> = [
		[path, `${instance.ClassName}:${isOwnSource ? source : "linked"}`],
	];
	for (const child of instance.GetChildren()) {
		for (const entry of entriesOf(child, path)) entries.push(entry);
	}
	return entries;
}

/** The names of what differs between the Script's Client and the plugin's own. */
function changedModules(managed: Instance, client: Instance): string[] {
	const own = entriesOf(client);
	const names = new Set<string>();
	for (const child of managed.GetChildren()) {
		if (child.Name !== CLIENT_NAME) continue;
		for (const [path, content] of entriesOf(child)) {
			const at = own.findIndex(([ownPath, ownContent]) => ownPath === path && ownContent === content);
			if (at === -1) names.add(path);
			else own.unorderedRemove(at);
		}
	}
	for (const [path] of own) names.add(path);
	return [...names].map((name) => displayText(name)).sort();
}

/** Whole: the longest origin is shorter than a sentence. */
function otherOrigins({ apis, address }: SourceFacts): string[] {
	const others = apis.filter((text) => parseServerAddress(text)?.text !== address.text);
	return others.map((text) => displayText(text, SENTENCE_CHARACTERS));
}

/** `fingerprint`: the Script's Client's. A missing Client asks nothing: no module gets anything. */
export function asksOf(managed: Instance, facts: SourceFacts, fingerprint: string | undefined, own: OwnCode): Ask[] {
	const asks: Ask[] = [];
	if (facts.form === "edited") asks.push({ kind: "edited", lines: facts.foreignLines });
	const isOwn = fingerprint === undefined || fingerprint === own.clientFingerprint || isEarlierClient(fingerprint);
	if (!isOwn) {
		asks.push({ kind: "client", modules: changedModules(managed, own.client) });
	}
	const origins = otherOrigins(facts);
	if (!origins.isEmpty()) asks.push({ kind: "apis", origins });
	return asks;
}

/** All that the asks can be about, without the key. */
export function contentOf(source: string, facts: SourceFacts, fingerprint: string | undefined): string {
	const [from, to] = source.find(facts.key, 1, true);
	const code = from === undefined || to === undefined ? source : source.sub(1, from - 1) + source.sub(to + 1);
	const [lines] = code.gsub("\r\n", "\n");
	return `${lines.size()}:${lines}${fingerprint ?? ""}`;
}
