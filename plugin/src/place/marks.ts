/**
 * The managed Script's tag and attributes. They are hints: Script Sync drops them, pasting and undo can leave wrong ones.
 * The Script is recognised by its source as well, and the server tells which key that source has.
 */
export const MANAGED_NAME = "Auxvyn";
export const MANAGED_TAG = "AuxvynKey";

const KEY_ID_ATTRIBUTE = "AuxvynKeyId";
const SCHEMA_ATTRIBUTE = "AuxvynSchema";
const SCHEMA_VERSION = 1;

/** The key id attribute: a claim, until the server confirms it. */
export function markedKeyId(managed: Instance): string | undefined {
	const keyId = managed.GetAttribute(KEY_ID_ATTRIBUTE);
	return typeIs(keyId, "string") ? keyId : undefined;
}

/** Whether the tag or an attribute is missing. */
export function hasLostMarks(managed: Instance): boolean {
	const hasSchema = managed.GetAttribute(SCHEMA_ATTRIBUTE) === SCHEMA_VERSION;
	return !managed.HasTag(MANAGED_TAG) || !hasSchema || markedKeyId(managed) === undefined;
}

/** May throw. */
export function markKeyId(managed: Instance, keyId: string | undefined): void {
	managed.SetAttribute(KEY_ID_ATTRIBUTE, keyId);
}

/** Sets the tag and the attributes. May throw. */
export function mark(managed: Instance, keyId: string | undefined): void {
	if (!managed.HasTag(MANAGED_TAG)) managed.AddTag(MANAGED_TAG);
	managed.SetAttribute(SCHEMA_ATTRIBUTE, SCHEMA_VERSION);
	markKeyId(managed, keyId);
}

/** Remembers the marks. Returns a function that sets them again, if that is necessary and possible. */
export function keepMarks(managed: Instance): () => boolean {
	const tagged = managed.HasTag(MANAGED_TAG);
	const attributes = [KEY_ID_ATTRIBUTE, SCHEMA_ATTRIBUTE];
	const values = attributes.map((name) => managed.GetAttribute(name));
	return () => {
		const [restored] = pcall(() => {
			if (managed.HasTag(MANAGED_TAG) !== tagged) {
				if (tagged) managed.AddTag(MANAGED_TAG);
				else managed.RemoveTag(MANAGED_TAG);
			}
			attributes.forEach((name, index) => {
				if (managed.GetAttribute(name) !== values[index]) managed.SetAttribute(name, values[index]);
			});
		});
		return restored;
	};
}
