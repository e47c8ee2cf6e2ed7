/**
 * A code that waits for approval, for the copies of the plugin in a playtest: they share only settings with the one that
 * edits the place. It is no secret: only people who are signed in can approve it.
 */
export interface WaitingCode {
	userCode: string;
	verificationUri: string;
	/** In seconds since 1970. */
	endsAt: number;
}

export interface WaitingCodes {
	/** Undefined if there is none, or its time is over. */
	read: () => WaitingCode | undefined;
	/** Undefined removes it. */
	save: (code: WaitingCode | undefined) => void;
}

const SETTING = "AuxvynCode";

function settingName(): string {
	return `${SETTING}_${string.format("%d_%d", game.GameId, game.PlaceId)}`;
}

/** Any local plugin can write the settings file, and these characters would break it. */
function isPlain(text: unknown, pattern: string): text is string {
	return typeIs(text, "string") && text.match(pattern)[0] !== undefined && text.find('[\\"]')[0] === undefined;
}

function isCode(value: unknown): value is WaitingCode {
	if (!typeIs(value, "table")) return false;
	const { userCode, verificationUri, endsAt } = value as { [K in keyof WaitingCode]?: unknown };
	return isPlain(userCode, "^[%w%-]+$") && isPlain(verificationUri, "^https?://[!-~]+$") && typeIs(endsAt, "number");
}

export function createWaitingCodes(plugin: Plugin): WaitingCodes {
	return {
		read: () => {
			const [read, value] = pcall(() => plugin.GetSetting(settingName()));
			return read && isCode(value) && os.time() < value.endsAt ? value : undefined;
		},
		save: (code) => {
			pcall(() => plugin.SetSetting(settingName(), isCode(code) ? code : undefined));
		},
	};
}
