/** The next item in a list that matches, or else the previous one. */
export function neighbour<T extends { id: string }>(
	id: string,
	list: readonly T[],
	matches: (item: T) => boolean = () => true,
): T | undefined {
	const index = list.findIndex((item) => item.id === id);
	return list.slice(index + 1).find(matches) ?? list.slice(0, Math.max(index, 0)).findLast(matches);
}
