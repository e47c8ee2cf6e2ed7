/** How the values of several processes make one. */
export type Combine = "sum" | "min" | "max";

/** A metric as it is at a moment. Plain data, which other processes get as JSON. */
export interface Family {
	/** Without the prefix. */
	name: string;
	help?: string;
	type: "counter" | "gauge";
	combine: Combine;
	/** Labels as they are written, or "", and values; null: unknown. */
	series: [labels: string, value: number | null][];
}

/** All metrics of a process. */
export type Snapshot = Family[];

const PREFIX = "auxvyn_";

const COMBINE: Record<Combine, (values: number[]) => number> = {
	sum: (values) => values.reduce((sum, value) => sum + value, 0),
	min: (values) => Math.min(...values),
	max: (values) => Math.max(...values),
};

/** The metrics of several processes as those of one, in the order in which they first appear. */
export function combined(snapshots: readonly Snapshot[]): Snapshot {
	const families = new Map<string, { family: Family; values: Map<string, (number | null)[]> }>();
	for (const family of snapshots.flat()) {
		const found = families.get(family.name) ?? { family, values: new Map<string, (number | null)[]>() };
		families.set(family.name, found);
		for (const [labels, value] of family.series) {
			const values = found.values.get(labels) ?? [];
			values.push(value);
			found.values.set(labels, values);
		}
	}
	return [...families.values()].map(({ family, values }) => ({
		...family,
		series: [...values].map(([labels, all]) => [labels, combine(family.combine, all)]),
	}));
}

function combine(how: Combine, values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : COMBINE[how](known);
}

/** Only what must never go down. */
export function countersOf(snapshot: Snapshot): Snapshot {
	return snapshot.filter(({ type }) => type === "counter");
}

/** In Prometheus's text format. */
export function snapshotText(snapshot: Snapshot): string {
	const lines = snapshot.flatMap(({ name, help, type, series }) => [
		...(help === undefined ? [] : [`# HELP ${PREFIX}${name} ${help}`]),
		`# TYPE ${PREFIX}${name} ${type}`,
		...series.map(([labels, value]) => `${PREFIX}${name}${labels} ${value ?? NaN}`),
	]);
	return `${lines.join("\n")}\n`;
}
