// Runs in the folder where peers.ts installed its packages. Verifies keys as Better Auth's documentation says: a route of
// one's own, with `verifyApiKey`, on SQLite in WAL mode.
import { randomBytes } from "node:crypto";

import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import Database from "better-sqlite3";
import Fastify from "fastify";

const { PORT, DATABASE, KEYS } = process.env;
const database = new Database(DATABASE);
database.pragma("journal_mode = WAL");
database.pragma("synchronous = NORMAL");
const auth = betterAuth({
	baseURL: `http://127.0.0.1:${PORT}`,
	secret: randomBytes(32).toString("hex"),
	database,
	emailAndPassword: { enabled: true },
	telemetry: { enabled: false },
	// It would write an error for each unknown key.
	logger: { disabled: true },
	plugins: [apiKey({ rateLimit: { enabled: false } })],
});
await (await getMigrations(auth.options)).runMigrations();

const app = Fastify({ logger: false });
app.get("/verify", async (request, reply) => {
	const key = request.headers.authorization?.slice("Bearer ".length) ?? "";
	const verified = await auth.api.verifyApiKey({ body: { key } });
	return reply.code(verified.valid ? 200 : 401).send(verified);
});
await app.listen({ host: "127.0.0.1", port: Number(PORT) });

const { user } = await auth.api.signUpEmail({
	body: { name: "Rin", email: "rin@example.com", password: randomBytes(16).toString("hex") },
});
const keys = [];
for (let n = 0; n < Number(KEYS); n++) keys.push((await auth.api.createApiKey({ body: { userId: user.id } })).key);
process.send(keys);
process.on("disconnect", () => process.exit());
