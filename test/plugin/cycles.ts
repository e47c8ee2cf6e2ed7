import { packageCli } from "../../plugin/build/package-cli.ts";
import { runProcess } from "../../plugin/build/run-process.ts";

/** `npm run cycles -- [count]`: connects and reconnects through a lossy network, a thousand times. */
const [count = "1000"] = process.argv.slice(2);
const seed = process.env["AUXVYN_SEED"] ?? String(Date.now() % 1_000_000);
const args = [packageCli("vitest", "vitest"), "run", "test/plugin/lossy-network.test.ts"];
const env = { ...process.env, AUXVYN_CYCLES: count, AUXVYN_SEED: seed };
const { code, output } = await runProcess(process.execPath, args, { env });
console.log(`${output}\nSeed: ${seed}`);
process.exitCode = code ?? 1;
