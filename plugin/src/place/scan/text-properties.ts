/** Studio's newer service, which the types do not know. Unconfirmed: whether it is there, and what else it returns. */
interface Reflection {
	GetPropertiesOfClass: (this: Reflection, className: string) => Array<{ Name: string }> | undefined;
}

/** Where Studio cannot list a class's properties: those that people write texts into. */
const WELL_KNOWN = [
	"Value",
	"Text",
	"PlaceholderText",
	"Title",
	"ToolTip",
	"Description",
	"ActionText",
	"ObjectText",
	"DisplayName",
	"DisplayText",
	"HeadingText",
	"SubText",
	"Caption",
	"Comment",
	"Contents",
	"Url",
	"LinkedSource",
	"Image",
	"HoverImage",
	"PressedImage",
	"Texture",
	"TextureId",
	"TextureID",
	"ColorMap",
	"MeshId",
	"MeshID",
	"SoundId",
	"AnimationId",
	"LinkedLanguage",
	"InitialPrompt",
	"ResponseDialog",
	"UserDialog",
	"GoodbyeDialog",
	"CollisionGroup",
];

/** Looked at by themselves, of the class, or made by Studio from other properties. */
const ELSEWHERE = new Set([
	"Name",
	"ClassName",
	"className",
	"Source",
	"ContentText",
	"LocalizedText",
	"OpenTypeFeaturesError",
]);

function listed(className: string): string[] | undefined {
	const [read, properties] = pcall(() => {
		const reflection = (game as unknown as { GetService: (this: unknown, name: string) => unknown }).GetService(
			"ReflectionService",
		) as Reflection;
		return reflection.GetPropertiesOfClass(className)?.map(({ Name }) => Name);
	});
	return read && properties !== undefined && !properties.isEmpty() ? properties : undefined;
}

/** The value of a property if that is a text. */
export function textOf(instance: Instance, name: string): string | undefined {
	const [read, value] = pcall(() => (instance as unknown as Record<string, unknown>)[name]);
	return read && typeIs(value, "string") ? value : undefined;
}

/** What all Instances of a class have. */
export interface ClassFacts {
	isScript: boolean;
	/** The names of its properties that are texts. */
	texts: string[];
}

export type FactsOfClass = (instance: Instance) => ClassFacts;

/** Remembers each class by its first Instance. A class without text properties then takes no time. */
export function createFactsOfClass(): FactsOfClass {
	const known = new Map<string, ClassFacts>();
	return (instance) => {
		const { ClassName: className } = instance;
		let facts = known.get(className);
		if (facts === undefined) {
			const names = (listed(className) ?? WELL_KNOWN).filter((name) => !ELSEWHERE.has(name));
			const texts = names.filter((name) => textOf(instance, name) !== undefined);
			facts = { isScript: instance.IsA("LuaSourceContainer"), texts };
			known.set(className, facts);
		}
		return facts;
	};
}
