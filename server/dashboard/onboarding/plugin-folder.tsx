/** Studio's plugin folder: https://create.roblox.com/docs/studio/plugins */
export function PluginFolder() {
	return (
		<details class="plugin-folder">
			<summary>Where is Studio’s plugin folder?</summary>
			<dl>
				<dt>In Studio</dt>
				<dd>Click Plugins Folder on the Plugins tab.</dd>
				<dt>Windows</dt>
				<dd>
					<code class="mono">%LOCALAPPDATA%\Roblox\Plugins</code>
				</dd>
				<dt>macOS</dt>
				<dd>
					<code class="mono">~/Documents/Roblox/Plugins</code>
				</dd>
			</dl>
		</details>
	);
}
