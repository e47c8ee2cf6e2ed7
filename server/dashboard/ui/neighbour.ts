/** The first of a list that comes after one of it, or else the last before it, among those that will do. */
export function neighbour<T extends { id: string }>(
	id: string,
	list: readonly T[],
	willDo: (item: T) => boolean = () => true,
): T | undefined {
	const index = list.findIndex((item) => item.id === id);
	return list.slice(index + 1).find(willDo) ?? list.slice(0, Math.max(index, 0)).findLast(willDo);
}
