import { number } from "../ui/format.ts";

/** "1 server", "12 servers" */
export function servers(count: number): string {
	return count === 1 ? "1 server" : `${number(count)} servers`;
}
