import { writePlace } from "../../studio/place-file.ts";

/** Game code as a developer would write it: a shop that asks the backend every second through the key's client. */
const SHOP = `local Auxvyn = require(game:GetService("ServerScriptService"):WaitForChild("Auxvyn"):WaitForChild("Client"))

while true do
	local ok, answer = pcall(Auxvyn.request, "GET", "/v1/whoami")
	if not ok then
		warn("Shop: " .. tostring(answer))
	elseif answer.StatusCode == 200 then
		local me = game:GetService("HttpService"):JSONDecode(answer.Body)
		print("Shop: open for " .. me.workspace.name .. " with key " .. me.key.label)
	else
		print("Shop: closed, the backend answered " .. answer.StatusCode)
	end
	task.wait(1)
end
`;

/** A place file of a small game that has no key yet. */
export function writeDemoPlace(file: string): Promise<string> {
	return writePlace(file, [
		{
			class: "ServerScriptService",
			children: [{ class: "Script", name: "Shop", source: SHOP }],
		},
		{ class: "HttpService", properties: { HttpEnabled: true } },
	]);
}
