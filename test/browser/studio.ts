import { DEVICE_CODE_GRANT, type DeviceAuthorization, OAUTH_CLIENT_ID, type TokenResponse } from "../../shared/wire.ts";

export interface StudioPairing extends DeviceAuthorization {
	/** Polls once. Resolves to the key, once approved. */
	fetchKey(): Promise<TokenResponse>;
}

const REPORTED = {
	place_id: "1818",
	universe_id: "4483381587",
	studio_user_id: "9123",
	place_name: "Crystal Caverns",
	intent: "connect",
};

export interface Client {
	/** Where it seems to be, if not on this computer. */
	address?: string;
	/** The key in the place, as a proof. */
	key?: string;
	/** Of the plugin. */
	version?: string;
}

/** Starts a pairing, as the plugin does on Connect. */
export async function connectFromStudio(
	url: string,
	reported: Record<string, string> = {},
	{ address, key, version }: Client = {},
): Promise<StudioPairing> {
	const headers = {
		"user-agent": "RobloxStudio/WinInet",
		...(address !== undefined && { "x-forwarded-for": address }),
		...(version !== undefined && { "x-auxvyn-plugin": version }),
		...(key !== undefined && { authorization: `Bearer ${key}` }),
	};
	const started = await post(`${url}/oauth/device_authorization`, { ...REPORTED, ...reported }, headers);
	const pairing = started as unknown as DeviceAuthorization;
	return {
		...pairing,
		fetchKey: async () => {
			const grant = { grant_type: DEVICE_CODE_GRANT, device_code: pairing.device_code };
			return (await post(`${url}/oauth/token`, grant, headers)) as unknown as TokenResponse;
		},
	};
}

async function post(
	url: string,
	parameters: Record<string, string>,
	headers: Record<string, string>,
): Promise<Record<string, unknown>> {
	const body = new URLSearchParams({ client_id: OAUTH_CLIENT_ID, ...parameters });
	const answer = await fetch(url, { method: "POST", body, headers });
	if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
	return (await answer.json()) as Record<string, unknown>;
}
