import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { ApiError } from "../../server/dashboard/api/api-error.ts";
import { perform, request } from "../../server/dashboard/api/client.ts";
import { failureText } from "../../server/dashboard/api/failure-text.ts";
import { CreatedKeySchema } from "../../server/keys/manage/keys.schema.ts";
import { WorkspaceListSchema } from "../../server/workspaces/workspaces.schema.ts";

/** A server that answers every request the same way. */
async function serve(answer: RequestListener): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failure(response: Promise<unknown>): Promise<ApiError> {
	const error: unknown = await response.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof ApiError)) throw new Error("An ApiError was expected.", { cause: error });
	return error;
}

test.each([
	{ status: 401, title: "Your session has ended", retry: false },
	{ status: 403, title: "You do not have permission to do this", retry: false },
	{ status: 404, title: "It no longer exists", retry: false },
	{ status: 409, title: "It has changed in the meantime", retry: true },
	{ status: 429, title: "Too many attempts", retry: true },
	{ status: 503, title: "Something went wrong on the server", retry: true },
])("$status is shown as “$title”", async ({ status, title, retry }) => {
	const url = await serve((_, response) => response.writeHead(status).end("<html>"));
	const text = failureText(await failure(request("GET", url, WorkspaceListSchema)));
	expect(text).toMatchObject({ title, retry });
});

test("the server's code and retry-after are passed on", async () => {
	const body = JSON.stringify({ code: "too_many_requests", detail: "Wait a little." });
	const url = await serve((_, response) => response.writeHead(429, { "retry-after": "240" }).end(body));
	const error = await failure(request("GET", url, WorkspaceListSchema));
	expect(error).toMatchObject({ kind: "limited", code: "too_many_requests", retryAfterSeconds: 240 });
	expect(failureText(error)).toMatchObject({ title: "Too many attempts", detail: "Wait a little.", retry: true });
});

test("a daily quota is shown as the server explains it, without a retry that cannot help", async () => {
	const body = JSON.stringify({ code: "too_many_requests", detail: "You created too many keys today." });
	const url = await serve((_, response) => response.writeHead(429, { "retry-after": "36000" }).end(body));
	expect(failureText(await failure(request("GET", url, WorkspaceListSchema)))).toEqual({
		title: "Daily limit reached",
		detail: "You created too many keys today.",
		retry: false,
	});
});

test("a full disk is shown as such, not as a fault", async () => {
	const body = JSON.stringify({ code: "disk_low", detail: "Games go on; ask the administrator to free some space." });
	const url = await serve((_, response) => response.writeHead(503, { "retry-after": "30" }).end(body));
	expect(failureText(await failure(perform("DELETE", url)))).toMatchObject({
		title: "The server’s disk is almost full",
		detail: "Games go on; ask the administrator to free some space.",
	});
});

const SAFE = "It may have been done anyway. Trying again is safe.";

test.each([
	{
		answer: "429, to be repeated later",
		status: 429,
		body: "",
		detail: "Nothing was changed. Try again in 30 seconds.",
	},
	{
		answer: "503 of the server",
		status: 503,
		body: "storage_busy",
		detail: "Nothing was changed. Try again in 30 seconds.",
	},
	{ answer: "503 of a server that cannot tell", status: 503, body: "outcome_unknown", detail: SAFE },
	{ answer: "503 of a proxy", status: 503, body: "", detail: SAFE },
	{ answer: "502", status: 502, body: "", detail: SAFE },
	{ answer: "500", status: 500, body: "internal_error", detail: SAFE },
])("a change refused by $answer says what became of it", async ({ status, body, detail }) => {
	const problem = body === "" ? "<html>" : JSON.stringify({ code: body, detail: "…" });
	const url = await serve((_, response) => response.writeHead(status, { "retry-after": "30" }).end(problem));
	expect(failureText(await failure(perform("DELETE", url)))).toMatchObject({ detail, retry: true });
});

test("a change without an answer may have been made, in the words of its request", async () => {
	const cutOff = await serve((_, response) => {
		response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy());
	});
	const gone = await serve((incoming) => incoming.socket.destroy());
	for (const url of [cutOff, gone]) {
		expect(failureText(await failure(perform("PATCH", url)))).toMatchObject({
			title: "The server did not respond",
			detail: SAFE,
		});
		const ifUnknown = "Look first.";
		expect(failureText(await failure(request("POST", url, CreatedKeySchema, { ifUnknown }))).detail).toBe(ifUnknown);
		for (const reading of [
			request("GET", url, WorkspaceListSchema),
			request("POST", url, CreatedKeySchema, { ifUnknown: null }),
		]) {
			expect(failureText(await failure(reading)).detail).toContain("Check that you are online");
		}
	}
});

test("a field's problem reaches the field", async () => {
	const body = JSON.stringify({
		code: "invalid_request",
		detail: "…",
		errors: [{ path: "label", message: "too long" }],
	});
	const url = await serve((_, response) => response.writeHead(400).end(body));
	expect((await failure(request("POST", url, CreatedKeySchema, { body: {} }))).about("label")).toBe("too long");
});

test("a response of the wrong shape is rejected, and none of it repeated", async () => {
	const secret = `auxvyn_${"0".repeat(60)}`;
	const url = await serve((_, response) => response.end(JSON.stringify({ key: { id: secret }, secret })));
	const error = await failure(request("POST", url, CreatedKeySchema, { body: { label: "x" } }));
	expect(error.kind).toBe("unreadable");
	expect(error.detail).toBe("The response's key.label is not a string.");
	expect(JSON.stringify(error) + String(error.stack)).not.toContain(secret);
});

test("a dropped connection counts as offline", async () => {
	const url = await serve((incoming) => incoming.socket.destroy());
	expect((await failure(request("GET", url, WorkspaceListSchema))).kind).toBe("offline");
});

test("a proxy's page in place of a response is a failure, even where nothing is read", async () => {
	const page = await serve((_, response) => response.end("<html>Sign in to the proxy</html>"));
	expect((await failure(perform("DELETE", page))).kind).toBe("unreadable");
	const empty = await serve((_, response) => response.writeHead(204).end());
	await perform("DELETE", empty);
	const json = await serve((_, response) => response.end("{}"));
	await perform("POST", json);
});
