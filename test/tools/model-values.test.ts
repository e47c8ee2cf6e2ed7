import { describe, expect, test } from "vitest";

import { bakeAddress } from "../../plugin/build/model-values.ts";

const value = (name: string, text: string) =>
	`<Item class="StringValue" referent="1">\n<Properties>\n<string name="Name">${name}</string>\n` +
	`<string name="Value">${text}</string>\n</Properties>\n</Item>`;
const script = (source: string) =>
	`<Item class="ModuleScript" referent="2"><Properties><string name="Name">ServerAddress</string>` +
	`<string name="Source"><![CDATA[${source}]]></string></Properties></Item>`;
const plugin = (...items: string[]) => `<roblox version="4">${items.join("\n")}</roblox>`;

describe("the server address in the plugin", () => {
	test("replaces the built-in one, and changes nothing else", () => {
		const others = [value("Other", "http://localhost:8787"), script("print(1)")];
		const built = plugin(value("ServerAddress", "http://localhost:8787"), ...others);
		const wanted = plugin(value("ServerAddress", "https://keys.example.com"), ...others);
		expect(bakeAddress(built, "https://keys.example.com")).toBe(wanted);
	});

	test("can be replaced again", () => {
		const once = bakeAddress(plugin(value("ServerAddress", "")), "https://one.example");
		expect(bakeAddress(once, "https://two.example")).toBe(plugin(value("ServerAddress", "https://two.example")));
	});

	test("is escaped, and keeps its dollar signs", () => {
		const baked = bakeAddress(plugin(value("ServerAddress", "x")), `https://a/?b=1&c="'<d>$&$1`);
		expect(baked).toContain(">https://a/?b=1&amp;c=&quot;&apos;&lt;d&gt;$&amp;$1</string>");
	});

	test("must not contain characters that XML cannot represent", () => {
		expect(() => bakeAddress(plugin(value("ServerAddress", "x")), "https://a\u0000")).toThrow("control character");
	});

	test("is not searched for in scripts", () => {
		const source = value("ServerAddress", "in a script");
		expect(bakeAddress(plugin(script(source), value("ServerAddress", "x")), "https://a.example")).toContain(source);
		expect(() => bakeAddress(plugin(script(source)), "https://a.example")).toThrow("holds 0");
	});

	test.each([
		["none", plugin(value("Other", "x")), "holds 0"],
		["two", plugin(value("ServerAddress", "x"), value("ServerAddress", "x")), "holds 2"],
		["one that is not a StringValue", plugin(value("ServerAddress", "x").replace("StringValue", "Folder")), "holds 0"],
	])("needs exactly one place: rejects %s", (_, built, words) => {
		expect(() => bakeAddress(built, "https://a.example")).toThrow(words);
	});
});
