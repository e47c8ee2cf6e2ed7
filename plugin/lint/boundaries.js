/** The boundary in the plugin: only one folder writes to the place. */
const WRITES = "Only plugin/src/place may write to the place.";
const WRITABLE_SERVICES = ["ServerScriptService", "ServerStorage", "ScriptEditorService", "CollectionService"];

const calls = (name, message = WRITES) => ({
	selector: `CallExpression[callee.property.name='${name}']`,
	message,
});

const assigns = (name) => [
	{ selector: `AssignmentExpression[left.property.name='${name}']`, message: WRITES },
	{ selector: `AssignmentExpression[left.property.value='${name}']`, message: WRITES },
];

/** For `plugin/src` except `place`, and `ui/root-frame.ts`, which sets attributes on the widget's root. */
export const onlyPlaceWrites = {
	"no-restricted-syntax": [
		"error",
		...["Source", "Parent", "RunContext", "Disabled", "Archivable"].flatMap(assigns),
		...["UpdateSourceAsync", "AddTag", "RemoveTag", "SetAttribute", "ClearAllChildren", "Destroy", "Clone"].map(
			(name) => calls(name),
		),
		{
			selector: "NewExpression[callee.name='Instance']",
			message: `${WRITES} The widget's instances are created by Vide.`,
		},
		{ selector: "CallExpression[callee.name='create'] > Literal[value=/Script$/]", message: WRITES },
		{ selector: "Property[key.name=/^(Source|Parent)$/]", message: WRITES },
		{
			selector: `CallExpression[callee.property.name='GetService'] > Literal[value=/^(${WRITABLE_SERVICES.join("|")})$/]`,
			message: WRITES,
		},
		{
			selector: `MemberExpression[object.name='game'][property.name=/^(${WRITABLE_SERVICES.join("|")})$/]`,
			message: WRITES,
		},
	],
	"no-restricted-imports": [
		"error",
		{
			paths: [{ name: "@rbxts/services", importNames: WRITABLE_SERVICES, message: WRITES }],
			patterns: [{ group: ["**/place/*"], message: "Import place only through its index." }],
		},
	],
};
