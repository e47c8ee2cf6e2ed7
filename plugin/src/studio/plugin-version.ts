import { HEADERS } from "../../../shared/wire.js";
import { SendRequest } from "./http";

/** What the build wrote beside the script, such as `0.1.0+1a2b3c4d`. */
export function readPluginVersion(root: Instance): string {
	const value = root.FindFirstChild("Version");
	return value?.IsA("StringValue") ? value.Value : "unknown";
}

/** Sends the version along with every request: Studio sets the user agent itself. */
export function sendVersion(send: SendRequest, version: string): SendRequest {
	return (request) => send({ ...request, headers: { ...request.headers, [HEADERS.plugin]: version } });
}
