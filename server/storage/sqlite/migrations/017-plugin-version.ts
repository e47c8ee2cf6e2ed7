/** Which plugin started a pairing, as it says. Null for other clients, and for plugins that do not say it. */
export const pluginVersion = `
ALTER TABLE pairing ADD COLUMN plugin_version TEXT CHECK (length(plugin_version) <= 32);
`;
