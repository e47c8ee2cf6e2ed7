import { hash, timingSafeEqual } from "node:crypto";

import type { FastifyRequest, FastifySchema } from "fastify";
import fp from "fastify-plugin";

import { type Clock, isoTime } from "../clock.ts";
import { type Config, isLoopbackHost } from "../config.ts";
import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { StorageError } from "../errors/storage-error.ts";
import type { Storage } from "../storage/storage.ts";
import { clientAddress, networkOf } from "./address.ts";
import { hasForwardingHeaders } from "./forwarded.ts";
import { HealthSchema, ReadyQuery, ReadySchema } from "./health.schema.ts";
import type { Metrics } from "./metrics.ts";
import { createNetworkLimit } from "./network-limits.ts";
import type { Peers } from "./peers.ts";
import { combined, snapshotText } from "./snapshot.ts";
import { UNTRUSTED_PROXY } from "./untrusted-proxy.ts";

const LOOPBACK_NAME = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;
const PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

/** For operators: is the process up, can it serve requests, what is it doing. */
export interface HealthOptions {
	config: Pick<Config, "metricsToken" | "publicUrl" | "rateLimitScale">;
	clock: Clock;
	storage: Storage;
	disk: Disk;
	backups: Backups;
	peers: Peers;
	/** Whether a reverse proxy that is not trusted forwards requests. */
	hasUntrustedProxy: () => boolean;
}

/** The disk of the database. */
export interface Disk {
	/** True while nothing new is stored. */
	isLow(): boolean;
	/** NaN if unknown. */
	freeBytes(): number;
}

/** Scheduled backups; undefined if there are none. */
export type Backups = () =>
	| { lastAt: number | null; failure: string | null; commandFailure: string | null }
	| undefined;

export const health = fp<HealthOptions>(
	async (app, { config, clock, storage, disk, backups, peers, hasUntrustedProxy }) => {
		// Behind a reverse proxy, every request seems to come from this machine.
		const isPublic = !isLoopbackHost(new URL(config.publicUrl).hostname);
		const guesses = createNetworkLimit({
			name: "wrong metrics tokens",
			peers,
			max: 600,
			windowSeconds: 60,
			clock,
			scale: config.rateLimitScale,
		});
		let closing = false;
		app.addHook("preClose", async () => void (closing = true));
		for (const { kind, name, help, read, combine } of storage.metrics) {
			app.metrics.describe(name, help);
			if (kind === "counter") app.metrics.total(name, read);
			else app.metrics.gauge(name, read, combine);
		}
		app.metrics.describe("disk_free_bytes", "Free space on the disk of DATA_DIR.");
		app.metrics.gauge("disk_free_bytes", disk.freeBytes, "min");
		app.metrics.describe("disk_low", "1 while the disk is almost full and nothing new is stored.");
		app.metrics.gauge("disk_low", () => Number(disk.isLow()));
		if (backups() !== undefined) describeBackups(app.metrics, backups);
		const allMetrics = peers.shareMetrics(app.metrics.snapshot);
		const tags = ["operation"];

		app.get(
			"/healthz",
			{ schema: { tags, summary: "Check that the process is up", response: { 200: HealthSchema } } },
			async () => ({ status: "ok" }),
		);

		const readySchema: FastifySchema = {
			tags,
			summary: "Check that requests can be served; 503 otherwise",
			querystring: ReadyQuery,
			response: { 200: ReadySchema },
			errors: ["not_ready"],
		};
		app.get("/readyz", { schema: readySchema }, async (request) => {
			if (closing) throw notReady("The server is shutting down.");
			try {
				await storage.freshness.check();
			} catch (error) {
				throw notReady(isOutdated(error) ? OUTDATED : "The database does not respond.", error);
			}
			return {
				status: "ready",
				clock: { leadSeconds: Math.round(storage.timekeeper.leadMs() / 1000) },
				disk: { low: disk.isLow() },
				...backupHealth(backups()),
				...(hasUntrustedProxy() && { proxy: { trusted: false, detail: UNTRUSTED_PROXY } }),
				...(Object.hasOwn(request.query as object, "client") && { client: seenClient(request) }),
			};
		});

		app.get(
			"/metrics",
			{
				schema: {
					tags,
					summary: "Metrics in Prometheus's text format, for this machine or with METRICS_TOKEN",
					security: [{}, { metricsToken: [] }],
					response: {
						200: { description: "The metrics", content: { "text/plain": { schema: { type: "string" } } } },
					},
					errors: ["metrics_token_required", "not_found", "too_many_requests"],
				},
			},
			async (request, reply) => {
				if ((isPublic || !isLocal(request)) && !hasToken(request, config.metricsToken)) {
					const wait = guesses.take(clientAddress(request));
					throw wait === undefined
						? noMetrics(config.metricsToken)
						: tooManyRequests(wait, "Too many wrong tokens. Wait, then try again.");
				}
				return reply.type(PROMETHEUS_TEXT).send(snapshotText(combined(await allMetrics())));
			},
		);
	},
	{ name: "health", dependencies: ["errors", "metrics"] },
);

/** For `npm run doctor`: whether the proxy in front of the server passes on its clients' addresses. */
function seenClient(request: FastifyRequest): { address: string; forwarded: boolean } {
	return { address: clientAddress(request), forwarded: (request.ips?.length ?? 0) > 1 };
}

/** Without the reasons, which name folders of the server: the log has them. */
function backupHealth(state: ReturnType<Backups>) {
	if (state === undefined) return {};
	const { lastAt, failure, commandFailure } = state;
	return { backup: { lastAt: isoTime(lastAt), failed: failure !== null, commandFailed: commandFailure !== null } };
}

function describeBackups(metrics: Metrics, backups: Backups): void {
	metrics.describe(
		"backup_last_timestamp_seconds",
		"When the latest scheduled backup was made, in seconds since 1970.",
	);
	metrics.gauge("backup_last_timestamp_seconds", () => (backups()?.lastAt ?? 0) / 1000);
	metrics.describe("backup_failed", "1 if the latest scheduled backup failed.");
	metrics.gauge("backup_failed", () => Number((backups()?.failure ?? null) !== null));
	metrics.describe("backup_command_failed", "1 if the command after the latest backup failed.");
	metrics.gauge("backup_command_failed", () => Number((backups()?.commandFailure ?? null) !== null));
}

/** From this machine, not forwarded by a proxy on it, and not from a web page by DNS rebinding. */
function isLocal(request: FastifyRequest): boolean {
	const { socket, headers } = request;
	const peer = networkOf(socket.remoteAddress ?? "") ?? "";
	const loopback = peer === "::" ? socket.remoteAddress === "::1" : peer.startsWith("127.");
	return loopback && !hasForwardingHeaders(request) && LOOPBACK_NAME.test(headers.host ?? "");
}

function hasToken({ headers }: FastifyRequest, token: string | undefined): boolean {
	if (token === undefined) return false;
	const given = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
	return timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", token, "buffer"));
}

function noMetrics(token: string | undefined): ProblemError {
	if (token === undefined) {
		return new ProblemError(
			404,
			"not_found",
			"Metrics are shown only to this machine, and not behind a public address. Set METRICS_TOKEN to read them.",
		);
	}
	return new ProblemError(401, "metrics_token_required", "Send METRICS_TOKEN as a bearer token.", {
		headers: { "WWW-Authenticate": 'Bearer realm="auxvyn metrics"' },
	});
}

const OUTDATED = "A newer version of this server has changed the database, so this one must be updated, too.";

function isOutdated(error: unknown): boolean {
	return error instanceof StorageError && error.code === "unusable";
}

function notReady(detail: string, cause?: unknown): ProblemError {
	return new ProblemError(503, "not_ready", `${detail} Try again later.`, { headers: { "Retry-After": "5" }, cause });
}
