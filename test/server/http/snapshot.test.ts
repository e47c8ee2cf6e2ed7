import { expect, it } from "vitest";

import { createMetrics } from "../../../server/http/metrics.ts";
import { combined, countersOf, type Snapshot, snapshotText } from "../../../server/http/snapshot.ts";

function metricsOf(requests: number, memory: number, startedAt: number, freeBytes: number): Snapshot {
	const registry = createMetrics();
	registry.describe("requests_total", "Requests.");
	for (let request = 0; request < requests; request++) registry.count("requests_total", { status: "200" });
	if (requests > 2) registry.count("requests_total", { status: "401" });
	registry.total("lost_total", () => requests);
	registry.gauge("memory_bytes", () => memory, "sum");
	registry.gauge("started_seconds", () => startedAt, "min");
	registry.gauge("free_bytes", () => freeBytes);
	// As it comes from another process.
	return JSON.parse(JSON.stringify(registry.snapshot())) as Snapshot;
}

it("metrics of several processes are those of one server: counters are added up, gauges as each says", () => {
	const all = combined([metricsOf(2, 100, 30, NaN), metricsOf(3, 50, 20, 7), countersOf(metricsOf(5, 999, 1, 999))]);
	expect(snapshotText(all).trimEnd().split("\n")).toEqual([
		"# HELP auxvyn_requests_total Requests.",
		"# TYPE auxvyn_requests_total counter",
		'auxvyn_requests_total{status="200"} 10',
		'auxvyn_requests_total{status="401"} 2',
		"# TYPE auxvyn_lost_total counter",
		"auxvyn_lost_total 10",
		"# TYPE auxvyn_memory_bytes gauge",
		"auxvyn_memory_bytes 150",
		"# TYPE auxvyn_started_seconds gauge",
		"auxvyn_started_seconds 20",
		"# TYPE auxvyn_free_bytes gauge",
		"auxvyn_free_bytes 7",
	]);
});

it("an unknown number is NaN", () => {
	expect(snapshotText(combined([metricsOf(1, 1, 1, NaN)]))).toContain("auxvyn_free_bytes NaN\n");
});
