import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { packageCli } from "../../plugin/build/package-cli.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { runProcess } from "../../plugin/build/run-process.ts";
import { type Mutant, mutate } from "./mutant.ts";
import { mutants } from "./mutants.ts";

const COPIES = 2;

/** `npm run mutants -- [part of a file's name]`: applies each fault in a copy and lists the ones that no test notices. */
async function main(filter = ""): Promise<number> {
	const chosen = mutants.filter(({ file }) => file.includes(filter));
	if (chosen.length === 0) {
		console.error(`No fault is in a file with "${filter}" in its path: the rows are in test/mutants.`);
		return 1;
	}
	const folder = await mkdtemp(path.join(os.tmpdir(), "auxvyn-mutants-"));
	try {
		// Some tests start the server as another user.
		await chmod(folder, 0o755);
		const copies = await Promise.all(
			Array.from({ length: COPIES }, (_, index) => copyTo(path.join(folder, `${index}`))),
		);
		const [first = ""] = copies;
		const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))];
		const failure = await failureOf(first, tests);
		if (failure !== undefined) {
			console.error(`${failure}\nA test fails without any fault. Run it again, and fix that first.`);
			return 1;
		}
		const survivors = await runAll(copies, chosen);
		return report(chosen.length, survivors);
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function runAll(copies: string[], chosen: Mutant[]): Promise<Mutant[]> {
	const queue = [...chosen];
	const survivors: Mutant[] = [];
	await Promise.all(
		copies.map(async (copy) => {
			for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
				const survived = await survives(copy, mutant);
				if (survived) survivors.push(mutant);
				console.log(`${survived ? "SURVIVED" : "killed"}  ${mutant.file}: ${oneLine(mutant.original)}`);
			}
		}),
	);
	return survivors;
}

function report(count: number, survivors: Mutant[]): number {
	const unexplained = survivors.filter(({ equivalent }) => equivalent === undefined);
	for (const { file, original, replacement, equivalent } of survivors) {
		console.log(`\nSurvived in ${file}: ${equivalent ?? "no test noticed it"}\n- ${original}\n+ ${replacement}`);
	}
	console.log(
		`\n${count - survivors.length} of ${count} killed, ${unexplained.length} survivors without an explanation`,
	);
	return unexplained.length === 0 ? 0 : 1;
}

/** A copy of the working tree, with the packages of this one. */
async function copyTo(folder: string): Promise<string> {
	const { output } = await runProcess("git", ["ls-files", "-co", "--exclude-standard"], { cwd: REPOSITORY });
	for (const file of output.split("\n").filter((name) => name !== "")) {
		await cp(path.join(REPOSITORY, file), path.join(folder, file)).catch((error: unknown) => {
			// Deleted in the working tree.
			if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
		});
	}
	await symlink(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
	return folder;
}

async function survives(copy: string, mutant: Mutant): Promise<boolean> {
	const file = path.join(copy, mutant.file);
	const source = await readFile(file, "utf8");
	await writeFile(file, mutate(source, mutant));
	try {
		return (await failureOf(copy, mutant.tests)) === undefined;
	} finally {
		await writeFile(file, source);
	}
}

/** What vitest says about the first test that fails; undefined if none does. */
async function failureOf(copy: string, tests: string[]): Promise<string | undefined> {
	const paths = tests.map((test) => `test/${test}`);
	const args = [packageCli("vitest"), "run", "--bail=1", "--reporter=dot", "--no-file-parallelism", ...paths];
	const { code, output } = await runProcess(process.execPath, args, { cwd: copy });
	return code === 0 ? undefined : output.slice(output.indexOf("FAIL")).trim();
}

function oneLine(text: string): string {
	return text.replaceAll(/\s+/g, " ").slice(0, 100);
}

process.exitCode = await main(process.argv[2]);
