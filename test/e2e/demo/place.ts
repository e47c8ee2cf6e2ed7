import { writePlace } from "../../studio/place-file.ts";

/** Game code as a developer would write it: a shop that calls the backend twice a minute through the Client. */
const SHOP = `local Auxvyn = require(game:GetService("ServerScriptService"):WaitForChild("Auxvyn"):WaitForChild("Client"))

Auxvyn.changed:Connect(function(status)
	if status.rotation then
		print("Shop: rotation " .. status.rotation)
	end
end)

while true do
	local ok, response = pcall(Auxvyn.request, "GET", "/v1/whoami")
	if not ok then
		warn("Shop: " .. tostring(response))
	elseif response.StatusCode == 200 then
		local me = game:GetService("HttpService"):JSONDecode(response.Body)
		print("Shop: open for " .. me.workspace.name .. " with key " .. me.key.label)
	else
		print("Shop: closed, the backend responded " .. response.StatusCode)
	end
	task.wait(30)
end
`;

/** Writes the place file of a small game without a key. */
export function writeDemoPlace(file: string): Promise<string> {
	return writePlace(file, [
		{
			class: "ServerScriptService",
			children: [{ class: "Script", name: "Shop", source: SHOP }],
		},
		{ class: "HttpService", properties: { HttpEnabled: true } },
	]);
}
