import { signUpAt } from "../server/person.ts";

/** `node use-server.ts URL TOKEN`: opens a set-up link, and sees that a key works until it is deleted. */
const [url = "", token = ""] = process.argv.slice(2);
const person = await signUpAt(url, "Rin", url, token);
const { key, secret } = await person.createKey("Production");
const whoami = async () => (await fetch(`${url}/v1/whoami`, { headers: { "x-api-key": secret } })).status;
const active = await whoami();
await person.request("DELETE", `/api/workspaces/${person.workspaceId}/keys/${key.id}`);
const deleted = await whoami();
console.log(`the key: ${active}, deleted: ${deleted}`);
if (active !== 200 || deleted !== 401) process.exitCode = 1;
