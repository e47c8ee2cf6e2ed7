import { afterEach, expect, test, vi } from "vitest";

import { ago } from "../../server/dashboard/ui/format.ts";

afterEach(() => vi.unstubAllEnvs());

test.each([
	// Clocks go forward on 8 March 2026 at 2:00, and back on 1 November at 2:00.
	["2026-03-07T22:30:00-05:00", "2026-03-09T00:10:00-04:00", "2 days ago"],
	["2026-03-08T00:10:00-05:00", "2026-03-09T23:50:00-04:00", "yesterday"],
	["2026-10-31T23:30:00-04:00", "2026-11-01T23:40:00-05:00", "yesterday"],
	["2026-10-31T12:00:00-04:00", "2026-11-02T00:30:00-05:00", "2 days ago"],
	["2026-06-10T00:10:00-04:00", "2026-06-11T23:50:00-04:00", "yesterday"],
	["2026-06-10T23:50:00-04:00", "2026-06-12T00:10:00-04:00", "2 days ago"],
	["2026-06-10T23:50:00-04:00", "2026-06-11T00:10:00-04:00", "20 min ago"],
	["2026-06-01T12:00:00-04:00", "2026-06-14T13:00:00-04:00", "13 days ago"],
	["2026-06-01T12:00:00-04:00", "2026-06-15T13:00:00-04:00", "1 Jun"],
])("%s is, at %s in New York, “%s”", (iso, now, text) => {
	vi.stubEnv("TZ", "America/New_York");
	expect(ago(iso, Date.parse(now))).toBe(text);
});
