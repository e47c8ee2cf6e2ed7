import Fastify from "fastify";

/** The minimum that any Fastify server spends: a route that sends the same bytes without a lookup. */
const app = Fastify({ logger: false });
const schema = {
	response: {
		200: {
			type: "object",
			properties: {
				workspace: { type: "object", properties: { id: { type: "string" }, name: { type: "string" } } },
				key: {
					type: "object",
					properties: { id: { type: "string" }, label: { type: "string" }, lastServerAt: { type: ["string", "null"] } },
				},
			},
		},
	},
};
const answer = {
	workspace: { id: "ws_00000000000000000000", name: "Rin's workspace" },
	key: { id: "key_00000000000000000000", label: "Production", lastServerAt: null },
};
app.get("/v1/whoami", { schema }, (_request, reply) => {
	void reply.header("Cache-Control", "no-store").send(answer);
});
await app.listen({ port: Number(process.env["PORT"]), host: "127.0.0.1" });
console.log("ready");
