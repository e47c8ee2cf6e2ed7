import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

import type { FastifyRequest } from "fastify";

import { SESSION_COOKIE_PREFIX } from "../../http/origin.ts";

/** Browsers keep no cookie longer. */
const LIFETIME_DAYS = 400;
const DAY_SECONDS = 24 * 3_600;
/** Of a browser in which several people sign in, or one with several accounts. */
const MAX_ACCOUNTS = 3;
const ID_BYTES = 12;
const MARK_CHARACTERS = 16;

/** That someone signed in to an account with this browser. */
export interface KnownDevice {
	accountId: string;
	/** Of the password that they signed in with: another password ends what the browser is known for. */
	passwordMark: string;
	/** Random, of one sign-in. */
	id: string;
	/** Days since 1970. */
	day: number;
}

export interface SignedInWith {
	accountId: string;
	passwordHash: string;
}

/**
 * The cookie by which a browser shows that someone signed in with it before. It is signed, starts no session, and is kept
 * nowhere else.
 */
export function createDeviceCookie({ secret, https }: { secret: string; https: boolean }) {
	const name = `${https ? "__Host-" : ""}${SESSION_COOKIE_PREFIX}.device`;
	const key = createHmac("sha256", secret).update("known devices").digest();
	const hmac = (text: string) => createHmac("sha256", key).update(text).digest();
	const markOf = (passwordHash: string) =>
		hmac(`password ${passwordHash}`).toString("base64url").slice(0, MARK_CHARACTERS);
	const signed = ({ accountId, passwordMark, id, day }: KnownDevice) => `${accountId}.${passwordMark}.${id}.${day}`;
	const sign = (device: KnownDevice) => hmac(signed(device));
	const write = (device: KnownDevice) => `${signed(device)}.${sign(device).toString("base64url")}`;

	function parse(entry: string, today: number): KnownDevice[] {
		const [accountId = "", passwordMark = "", id = "", day = "", signature = ""] = entry.split(".");
		const device = { accountId, passwordMark, id, day: Number(day) };
		const given = Buffer.from(signature, "base64url");
		const expected = sign(device);
		const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
		return isGenuine && device.day > today - LIFETIME_DAYS ? [device] : [];
	}

	/** `now` is the time in milliseconds. */
	function read({ headers }: FastifyRequest, now: number): KnownDevice[] {
		const cookie = headers.cookie?.split("; ").find((each) => each.startsWith(`${name}=`));
		if (cookie === undefined) return [];
		const entries = cookie.slice(name.length + 1).split("~");
		return entries.slice(0, MAX_ACCOUNTS).flatMap((entry) => parse(entry, dayOf(now)));
	}

	return {
		read,
		/** True if the device was signed in with the password that has this hash. */
		isCurrent: ({ passwordMark }: KnownDevice, passwordHash: string) => passwordMark === markOf(passwordHash),
		/** The `Set-Cookie` header after someone signed in to the account with the password that has this hash. */
		renewed(request: FastifyRequest, { accountId, passwordHash }: SignedInWith, now: number): string {
			const id = randomBytes(ID_BYTES).toString("base64url");
			const device = { accountId, passwordMark: markOf(passwordHash), id, day: dayOf(now) };
			const others = read(request, now).filter((each) => each.accountId !== accountId);
			const value = [device, ...others].slice(0, MAX_ACCOUNTS).map(write).join("~");
			const attributes = `Max-Age=${LIFETIME_DAYS * DAY_SECONDS}; Path=/; HttpOnly; SameSite=Lax`;
			return `${name}=${value}; ${attributes}${https ? "; Secure" : ""}`;
		},
	};
}

function dayOf(milliseconds: number): number {
	return Math.floor(milliseconds / (DAY_SECONDS * 1000));
}
