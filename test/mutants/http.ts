import type { Mutant } from "./mutant.ts";

const PROMISED = ["server/http/promised-bodies.test.ts"];
const ANSWERS = ["server/keys/forward-auth-answers.test.ts"];
const BASIC = ["server/http/basic-credentials.test.ts"];
const EMPTY = ["server/http/empty-bodies.test.ts"];
const PRESENTED = ["server/keys/presented-key.test.ts"];

export const http: readonly Mutant[] = [
	{
		file: "server/http/closing-response.ts",
		original: "this.shouldKeepAlive = false;",
		replacement: "",
		tests: PROMISED,
	},
	{
		file: "server/http/closing-response.ts",
		original: "if (!this.req.complete) linger(this.req);",
		replacement: "",
		tests: PROMISED,
	},
	{
		file: "server/http/closing-response.ts",
		original: ' && headers["transfer-encoding"] === undefined',
		replacement: "",
		tests: PROMISED,
	},
	{
		file: "server/http/closing-response.ts",
		original: "return !request.readableEnded;",
		replacement: "return !request.complete;",
		tests: PROMISED,
	},
	{
		file: "server/http/closing-response.ts",
		original: "return !request.readableEnded;",
		replacement: "return true;",
		tests: PROMISED,
	},
	{
		file: "server/http/closing-response.ts",
		original: "socket.setTimeout(LINGER_MS);",
		replacement: "",
		tests: PROMISED,
	},
	{
		file: "server/http/unreadable-requests.ts",
		original: "if (due && !needsBody(due)) closeAfter(due, socket);\n\telse ",
		replacement: "",
		tests: PROMISED,
	},
	{
		file: "server/http/unreadable-requests.ts",
		original: ' && !isForwardAuth(req.url ?? "")',
		replacement: "",
		tests: ANSWERS,
	},
	{
		file: "server/http/unreadable-requests.ts",
		original: "isForwardAuth(targetOf(error)) ? forwardAuthProblem(problem) : problem",
		replacement: "problem",
		tests: ANSWERS,
	},
	{
		file: "server/http/forward-auth-error.ts",
		original: "(?![\\w-])",
		replacement: "",
		tests: ANSWERS,
	},
	{
		file: "server/http/forward-auth-error.ts",
		original: "new Set([401, 403, 503])",
		replacement: "new Set([401, 403, 404, 503])",
		tests: ANSWERS,
	},
	{
		file: "server/http/fastify-options.ts",
		original: "maxHeaderSize: MAX_HEADER_BYTES,",
		replacement: "",
		tests: ANSWERS,
	},
	{
		file: "server/http/expectations.ts",
		original: 'if (!isForwardAuth(request.url ?? "")) response.writeContinue();',
		replacement: "response.writeContinue();",
		tests: ANSWERS,
	},
	{
		file: "server/keys/authenticate/games.routes.ts",
		original: "onRequest: [authenticate, letPass]",
		replacement: "onRequest: authenticate",
		tests: ANSWERS,
	},
	{
		file: "server/keys/authenticate/require-key.ts",
		original: "if (wait === undefined || forProxy)",
		replacement: "if (wait === undefined)",
		tests: ANSWERS,
	},
	{
		file: "server/http/empty-bodies.ts",
		original: 'delete headers["content-type"];',
		replacement: "",
		tests: EMPTY,
	},
	{
		file: "server/http/empty-bodies.ts",
		original: 'if (body === "") done(null, undefined);\n\t\t\telse ',
		replacement: "",
		tests: EMPTY,
	},
	{
		file: "server/keys/authenticate/introspection.routes.ts",
		original: "return asSent || asDecoded;",
		replacement: "return asDecoded;",
		tests: BASIC,
	},
	{
		file: "server/keys/authenticate/introspection.routes.ts",
		original: "return asSent || asDecoded;",
		replacement: "return asSent;",
		tests: BASIC,
	},
	{
		file: "server/keys/authenticate/introspection.routes.ts",
		original: "return isId && isSecret;",
		replacement: "return isSecret;",
		tests: BASIC,
	},
	{
		file: "server/pairing/device-flow.routes.ts",
		original: ' && decoded.secret === ""',
		replacement: "",
		tests: BASIC,
	},
	{
		file: "server/keys/authenticate/presented-key.ts",
		original: "if (!value.startsWith(KEY_PREFIX)) other = value;\n\t\telse ",
		replacement: "",
		tests: PRESENTED,
	},
	{
		file: "server/keys/authenticate/presented-key.ts",
		original: "return key ?? other;",
		replacement: "return key;",
		tests: PRESENTED,
	},
	{
		file: "server/keys/authenticate/presented-key.ts",
		original: 'value === undefined || value === ""',
		replacement: "value === undefined",
		tests: PRESENTED,
	},
];
