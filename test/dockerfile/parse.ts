import { type Copy, DockerfileParser, type From, type Instruction, type JSONInstruction } from "dockerfile-ast";

/** What a stage does, in its order. */
export type Step =
	| { does: "copy"; from: string | undefined; sources: string[]; target: string }
	| { does: "run"; command: string }
	| { does: "env"; values: Record<string, string> }
	| { does: "workdir"; path: string }
	| { does: "user"; name: string };

export interface Stage {
	name: string | undefined;
	/** The image it begins with, with its tag. */
	image: string;
	steps: Step[];
	/** What runs in the container, and what asks whether it works; of the last stage. */
	command: string[] | undefined;
	healthcheck: string[] | undefined;
	volumes: string[];
}

/** Instructions that say something about the image, and do nothing to it. */
const DESCRIPTIVE = ["EXPOSE", "LABEL", "STOPSIGNAL"];

/** The stages of a Dockerfile. @throws Error at an instruction that is not known here, so that none is left out */
export function parseDockerfile(text: string): Stage[] {
	const stages: Stage[] = [];
	for (const instruction of DockerfileParser.parse(text).getInstructions()) {
		const keyword = instruction.getKeyword();
		if (keyword === "FROM") {
			stages.push(stageOf(instruction as From));
			continue;
		}
		const stage = stages.at(-1);
		if (stage === undefined) throw new Error(`${keyword} before FROM`);
		add(stage, keyword, instruction);
	}
	return stages;
}

function stageOf(from: From): Stage {
	const name = from.getBuildStage() ?? undefined;
	return { name, image: from.getImage() ?? "", steps: [], command: undefined, healthcheck: undefined, volumes: [] };
}

function add(stage: Stage, keyword: string, instruction: Instruction): void {
	const words = instruction.getArguments().map((argument) => argument.getValue());
	const [first = ""] = words;
	switch (keyword) {
		case "COPY": {
			const sources = words.filter((word) => !word.startsWith("--"));
			const target = sources.pop() ?? "";
			const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
			stage.steps.push({ does: "copy", from, sources, target });
			break;
		}
		case "RUN":
			stage.steps.push({ does: "run", command: instruction.getRawArgumentsContent() ?? "" });
			break;
		case "ENV":
			stage.steps.push({ does: "env", values: Object.fromEntries(words.map((word) => word.split("=", 2))) as never });
			break;
		case "WORKDIR":
			stage.steps.push({ does: "workdir", path: first });
			break;
		case "USER":
			stage.steps.push({ does: "user", name: first });
			break;
		case "VOLUME":
			stage.volumes.push(...words);
			break;
		case "CMD":
			stage.command = execForm(instruction);
			break;
		case "HEALTHCHECK":
			stage.healthcheck = execForm(instruction);
			break;
		default:
			if (!DESCRIPTIVE.includes(keyword)) throw new Error(`The Dockerfile uses ${keyword}: add it to test/dockerfile.`);
	}
}

/** The words of `["node", "server/start.js"]`, wherever in the instruction it is. */
function execForm(instruction: Instruction): string[] {
	const text = (instruction as JSONInstruction).getRawArgumentsContent() ?? "";
	return JSON.parse(text.slice(text.indexOf("["))) as string[];
}
