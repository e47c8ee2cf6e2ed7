import { expect, test } from "vitest";

import { findGo } from "../backend/go/find-go.ts";
import { findPython } from "../backend/python/find-python.ts";
import { OPTIONAL, PROGRAMS } from "../needs.ts";
import { fakeProgram, temporaryFolder } from "./helper.ts";

const quiet = { line: () => undefined, status: () => undefined };

test("without Go or Python, and with old ones, the tests say what is missing and what to do", async () => {
	const folder = await temporaryFolder();
	const options = { env: { PATH: folder, HOME: folder }, reporter: quiet, folders: [] };
	await expect(findGo(options)).rejects.toThrow("need Go 1.24 or newer: there is none on this machine. Install it");
	await expect(findPython(options)).rejects.toThrow("need Python 3.11 or newer, with venv and pip: there is none");
	await fakeProgram(folder, "go", 'console.log("go1.19.8");');
	await fakeProgram(folder, "python3", 'console.log("3.9.2");');
	await expect(findGo(options)).rejects.toThrow("this is go1.19.8");
	await expect(findPython(options)).rejects.toThrow("this is 3.9.2");
});

test("if what they need cannot be downloaded, the tests say so", async () => {
	const folder = await temporaryFolder();
	const options = { env: { PATH: folder, HOME: folder }, reporter: quiet, folders: [] };
	const fail = (version: string) =>
		`if (process.argv[2] !== ${version}) { console.error("no network"); process.exit(1); }`;
	await fakeProgram(folder, "go", `${fail('"env"')} else console.log("go1.25.1");`);
	await fakeProgram(folder, "python3", `${fail('"-c"')} else console.log("3.12.1");`);
	await expect(findGo(options)).rejects.toThrow("its modules could not be downloaded: no network");
	await expect(findPython(options)).rejects.toThrow("its packages could not be installed: no network");
});

test("only languages of backends may be missing from a run that passes", () => {
	expect(PROGRAMS).toEqual(expect.arrayContaining([...OPTIONAL]));
	expect(OPTIONAL).toEqual(["go", "python"]);
});
