/** Whether two values of plain data are equal. */
export function isSame(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (!typeIs(a, "table") || !typeIs(b, "table")) return false;
	const [left, right] = [a as Map<unknown, unknown>, b as Map<unknown, unknown>];
	if (left.size() !== right.size()) return false;
	for (const [name, value] of left) {
		if (!isSame(value, right.get(name))) return false;
	}
	return true;
}
