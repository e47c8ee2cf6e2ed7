import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

import dockerignore from "@balena/dockerignore";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { loadConfig } from "../../server/config.ts";
import { contextFiles } from "../dockerfile/context.ts";
import { parseDockerfile } from "../dockerfile/parse.ts";

interface Service {
	image: string;
	user?: string;
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: { test: string[] };
	restart: string;
	read_only: boolean;
	environment: Record<string, string>;
	env_file?: string;
	networks: string[];
	volumes: string[];
	ports?: string[];
	cap_drop: string[];
	logging: { driver: string; options: Record<string, string> };
	stop_grace_period?: string;
}

interface Compose {
	services: { auxvyn: Service; caddy: Service };
	networks: { proxied: { ipam: { config: { subnet: string }[] } } };
	volumes: Record<string, unknown>;
}

const text = (file: string) => readFileSync(path.join(REPOSITORY, file), "utf8");
const stages = parseDockerfile(text("Dockerfile"));
const image = stages.at(-1);
const compose = parse(text("compose.yaml"), { merge: true }) as Compose;
const { auxvyn, caddy } = compose.services;

describe("the Dockerfile", () => {
	it("begins with the Node that the tests run on, by its exact tag", () => {
		const { devDependencies } = JSON.parse(text("package.json")) as { devDependencies: { node: string } };
		for (const stage of stages) expect(stage.image).toBe(`node:${devDependencies.node}-bookworm-slim`);
	});

	it("runs a file that there is, not as root, with its data in a volume", () => {
		expect(existsSync(path.join(REPOSITORY, image?.command?.[1] ?? ""))).toBe(true);
		expect(image?.steps.at(-1)).toEqual({ does: "user", name: "node" });
		const env = Object.assign({}, ...(image?.steps ?? []).map((step) => (step.does === "env" ? step.values : {}))) as {
			DATA_DIR: string;
		};
		expect(image?.volumes).toEqual([env.DATA_DIR]);
		expect(() => loadConfig({ ...env })).toThrow("PUBLIC_URL is needed");
		expect(loadConfig({ ...env, PUBLIC_URL: "https://keys.example.com" }).host).toBe("0.0.0.0");
	});

	it("is sent the sources, and no secret", async () => {
		const sent = dockerignore.default().add(text(".dockerignore"));
		for (const file of [".env", ".git/config", "data/auxvyn.db", "data/secret", "node_modules/a/b.js", "build/a"]) {
			expect(sent.ignores(file), file).toBe(true);
		}
		const files = await contextFiles();
		for (const file of ["server/start.js", "shared/limits.ts", "plugin/Auxvyn.rbxmx", "package-lock.json", ".npmrc"]) {
			expect(files).toContain(file);
		}
		expect(files.filter((file) => file.startsWith("test/") || file.startsWith("plugin/src/"))).toEqual([]);
	});
});

describe("compose.yaml", () => {
	it("trusts the network in which Caddy is, and nothing else", () => {
		const [network] = compose.networks.proxied.ipam.config;
		expect(auxvyn.environment["TRUSTED_PROXIES"]).toBe(network?.subnet);
		for (const service of [auxvyn, caddy]) expect(service.networks).toEqual(["proxied"]);
		expect(auxvyn.ports).toBeUndefined();
		expect(caddy.ports).toEqual(["80:80", "443:443", "443:443/udp"]);
	});

	it("has settings that the server takes, whatever else .env holds", () => {
		const fromFile = parseEnv(text(".env.example")) as Record<string, string>;
		const env = { ...fromFile, ...auxvyn.environment, PUBLIC_URL: "https://keys.example.com" };
		const config = loadConfig(env);
		expect(config).toMatchObject({ host: "0.0.0.0", port: 8787, dataDir: image?.volumes[0] });
		expect(auxvyn.volumes).toEqual([`data:${config.dataDir}`]);
		expect(caddy.environment["AUXVYN"]).toBe(`auxvyn:${config.port}`);
		expect(auxvyn.environment["PUBLIC_URL"]).toMatch(/^\$\{PUBLIC_URL:\?/);
	});

	it("keeps both running, with bounded logs, and what has to last in named volumes", () => {
		for (const service of [auxvyn, caddy]) {
			expect(service.restart).toBe("unless-stopped");
			expect(service.logging).toEqual({ driver: "json-file", options: { "max-size": "10m", "max-file": "5" } });
			expect([service.read_only, service.cap_drop]).toEqual([true, ["ALL"]]);
			for (const volume of service.volumes) {
				const [source = ""] = volume.split(":");
				if (source.startsWith("./")) expect(existsSync(path.join(REPOSITORY, source)), source).toBe(true);
				else expect(Object.keys(compose.volumes)).toContain(source);
			}
		}
		// The server needs up to ten seconds.
		expect(parseInt(auxvyn.stop_grace_period ?? "", 10)).toBeGreaterThan(10);
		expect(caddy.image).toMatch(/^caddy:\d+\.\d+\.\d+$/);
	});
});

describe("docs/deploy/compose.postgres.yaml", () => {
	const file = parse(text("docs/deploy/compose.postgres.yaml"), { merge: true }) as {
		services: Record<"server-1" | "server-2" | "postgres" | "caddy", Service>;
		networks: { proxied: { ipam: { config: { subnet: string }[] } }; database: { internal: boolean } };
		volumes: Record<string, unknown>;
	};
	const { postgres, ...others } = file.services;
	const servers = [others["server-1"], others["server-2"]];

	it("has servers that differ in their data folder only, with settings that they take", () => {
		const [one, other] = servers.map((server) => ({ ...server, volumes: [] }));
		expect(one).toEqual(other);
		expect(servers.map(({ volumes }) => volumes)).toEqual([["data-1:/data"], ["data-2:/data"]]);
		const given = {
			PUBLIC_URL: "https://keys.example.com",
			AUXVYN_SECRET: "s".repeat(64),
			POSTGRES_PASSWORD: "p".repeat(64),
		};
		const filled = Object.entries(one?.environment ?? {}).map(([name, value]) => [
			name,
			value.replaceAll(/\$\{(\w+)(:\?[^}]*)?\}/g, (_, variable: keyof typeof given) => given[variable]),
		]);
		const config = loadConfig({
			...(parseEnv(text(".env.example")) as Record<string, string>),
			...(Object.fromEntries(filled) as Record<string, string>),
		});
		const { POSTGRES_USER, POSTGRES_DB } = postgres.environment;
		expect(config.databaseUrl).toBe(
			`postgres://${POSTGRES_USER}:${given.POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}`,
		);
		expect(config).toMatchObject({ host: "0.0.0.0", dataDir: image?.volumes[0], secret: given.AUXVYN_SECRET });
		expect(others.caddy.environment["AUXVYN"]).toBe(`server-1:${config.port} server-2:${config.port}`);
		for (const name of ["PUBLIC_URL", "AUXVYN_SECRET"]) expect(one?.environment[name]).toContain(`\${${name}:?`);
		expect(postgres.environment["POSTGRES_PASSWORD"]).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
	});

	it("trusts Caddy's network only, and lets nothing but the servers reach the database", () => {
		const [network] = file.networks.proxied.ipam.config;
		for (const server of servers) {
			expect(server.environment["TRUSTED_PROXIES"]).toBe(network?.subnet);
			expect([server.networks, server.ports]).toEqual([["proxied", "database"], undefined]);
		}
		expect([postgres.networks, postgres.ports, file.networks.database.internal]).toEqual([
			["database"],
			undefined,
			true,
		]);
		expect(others.caddy.networks).toEqual(["proxied"]);
		expect(network?.subnet).not.toBe(compose.networks.proxied.ipam.config[0]?.subnet);
	});

	it("starts each once what it needs is healthy, and keeps what has to last in named volumes", () => {
		expect(servers.map((server) => server.depends_on)).toEqual(
			servers.map(() => ({ postgres: { condition: "service_healthy" } })),
		);
		expect(Object.keys(others.caddy.depends_on ?? {})).toEqual(["server-1", "server-2"]);
		expect(postgres.healthcheck?.test.slice(0, 2)).toEqual(["CMD", "pg_isready"]);
		expect([postgres.user, postgres.image]).toEqual(["999:999", expect.stringMatching(/^postgres:\d+\.\d+-bookworm$/)]);
		for (const service of Object.values(file.services)) {
			expect([service.restart, service.read_only, service.cap_drop]).toEqual(["unless-stopped", true, ["ALL"]]);
			for (const volume of service.volumes) {
				const [source = ""] = volume.split(":");
				if (source.startsWith("./")) expect(existsSync(path.join(REPOSITORY, source)), source).toBe(true);
				else expect(Object.keys(file.volumes)).toContain(source);
			}
		}
	});
});

describe("docs/deploy/auxvyn.service", () => {
	it("starts a file that there is, as a user of its own, with the database in its state folder", () => {
		const lines = text("docs/deploy/auxvyn.service").split("\n");
		const all = (name: string) =>
			lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));
		expect(all("ExecStart")).toEqual(["/usr/bin/node server/start.js"]);
		expect(existsSync(path.join(REPOSITORY, "server/start.js"))).toBe(true);
		expect(all("User")).toEqual(["auxvyn"]);
		expect(all("Environment")).toContain(`DATA_DIR=/var/lib/${all("StateDirectory")[0] ?? ""}`);
		expect(Number(all("TimeoutStopSec")[0])).toBeGreaterThan(10);
	});
});
