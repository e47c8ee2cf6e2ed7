import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { parseDockerfile } from "../dockerfile/parse.ts";

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), "utf8");
const document = read("docs/production.md");

/** The lines of its blocks of commands. */
const commands = [...document.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, block = ""]) =>
	block.split("\n").map((line) => line.trim()),
);

test("docs/production.md builds a clone as the Dockerfile does, so that what is tried of one holds for the other", () => {
	const steps = parseDockerfile(read("Dockerfile")).flatMap((stage) => stage.steps);
	const runs = steps.flatMap((step) => (step.does === "run" && step.command.startsWith("npm ") ? [step.command] : []));
	expect(commands).toContain(runs.join(" && "));
});

test("docs/production.md has Caddy's lines as the compose file uses them", () => {
	const site = read("docs/deploy/Caddyfile")
		.replaceAll(/^#.*\n/gm, "")
		.replace("{$PUBLIC_URL}", "keys.example.com")
		.replace("{$AUXVYN:127.0.0.1:8787}", "127.0.0.1:8787");
	expect(document).toContain(`<<'END'\n${site}END\n`);
});

test("docs/production.md names commands, files and services that there are", () => {
	const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
	const names = [...document.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
	expect(names).toContain("doctor");
	for (const name of names) expect(Object.keys(scripts)).toContain(name);

	const links = [...document.matchAll(/\]\(([^)#]+)\)/g)].map(([, file = ""]) => file);
	const inCommands = commands.flatMap((line) => line.match(/\b(?:docs|server)\/[\w./-]+/g) ?? []);
	expect(inCommands.length).toBeGreaterThan(3);
	for (const file of links) expect(existsSync(path.join(REPOSITORY, "docs", file)), file).toBe(true);
	for (const file of inCommands) expect(existsSync(path.join(REPOSITORY, file)), file).toBe(true);

	const compose = parse(read("compose.yaml"), { merge: true }) as { name: string; services: object; volumes: object };
	const services = commands.flatMap((line) => /^docker compose (?:exec|logs) (\w+)/.exec(line)?.[1] ?? []);
	expect(services.length).toBeGreaterThan(1);
	for (const service of services) expect(Object.keys(compose.services)).toContain(service);
	for (const volume of Object.keys(compose.volumes).filter((name) => name !== "caddy-config")) {
		expect(document).toContain(`\`${compose.name}_${volume}\``);
	}
	expect(document).toContain("10.187.87.0/24");
	expect(read("compose.yaml").split("10.187.87.0/24")).toHaveLength(3);
});

test("every heading that docs/production.md points to is there", () => {
	const anchors = [...document.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
		title.toLowerCase().replaceAll(" ", "-"),
	);
	const targets = [...document.matchAll(/\]\(#([\w-]+)\)/g)].map(([, target]) => target);
	expect(targets.length).toBeGreaterThan(5);
	for (const target of targets) expect(anchors).toContain(target);
});
