import { type Html, html } from "../../html.ts";
import type { Operation } from "../document.ts";

/** One operation of the document. */
export interface Listed {
	method: string;
	path: string;
	operation: Operation;
}

/** Forward-auth is the only path with TRACE: it takes any method, and is shown once. */
export function takesAny(methods: Record<string, Operation>): boolean {
	return "trace" in methods;
}

/** In display order. */
export const METHODS = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

/** A path that may break before each slash. */
export function breakable(path: string): Html {
	return html`${path.split(/(?=\/)/).map((part) => html`<wbr />${part}`)}`;
}

/** As the page writes it. */
export function methodName({ path, method }: Listed): string {
	return path.endsWith("/forward-auth") ? "ANY" : method.toUpperCase();
}
