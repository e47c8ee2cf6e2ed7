import { examineRetirements } from "../../server/keys/retire/examine.store.ts";
import type { Key, PreviousKeyFate } from "../../shared/wire.ts";
import { build, type TestServer } from "../server/helper.ts";
import { openGame, PUBLIC } from "./game.ts";
import { BACKEND, listenAt, type Loop, type OpenLoop } from "./helper.ts";

/** Game code that prints each change of the rotation. */
const PRINTS = 'Client.changed:Connect(function(status) print("rotation", status.rotation) end)';
const LINE = /old key/i;
const MINUTE_SECONDS = 60;

/** A published game whose key is replaced, with backends that may be several and may restart. */
export interface RotatingGame extends Loop {
	/** The one that was in the place first. */
	oldKey: { id: string; secret: string };
	/** Starts game servers of the latest version; the first of them publishes it. Returns their numbers. */
	publish(servers: number): Promise<number[]>;
	/** Reconnects through the plugin. */
	reconnect(previousKey: PreviousKeyFate): Promise<void>;
	/** Time passes on both sides, minute by minute, until `done`. Returns how many minutes did. */
	pass(minutes: number, done?: () => Promise<boolean>): Promise<number>;
	/** As `pass`, while the widget is hidden, and asks nothing. */
	passHidden(minutes: number): Promise<void>;
	/** All that was counted is stored, and the widget has asked again. */
	catchUp(): Promise<void>;
	/** What the widget's home says of the old key. */
	line(): Promise<string | undefined>;
	/** The old key, as the dashboard shows it. */
	old(): Promise<Key>;
	/** One more backend on the same database, to which every other request goes. */
	addBackend(): Promise<void>;
	/** Every backend is closed and started again, one after another. */
	restartBackends(): Promise<void>;
}

export async function openRotatingGame(openLoop: OpenLoop, databaseUrl?: string): Promise<RotatingGame> {
	const loop = await openGame(openLoop, PRINTS, databaseUrl === undefined ? {} : { databaseUrl });
	const { studio, person, server } = loop;
	const { clock, dataDir } = server;
	const backends = [{ server, address: loop.address }];
	const oldKey = { id: (await loop.activeKeys())[0] ?? "", secret: (await loop.keyInPlace()) ?? "" };

	const route = () =>
		studio.route(
			PUBLIC,
			backends.map(({ address }) => address),
		);
	async function start(): Promise<{ server: TestServer; address: string }> {
		const place = databaseUrl === undefined ? { dataDir } : { databaseUrl };
		const started = await build({ ...BACKEND, clock, ...place });
		return { server: started, address: await listenAt(started) };
	}
	const flush = () => Promise.all(backends.map((each) => each.server.app.usage.flush()));
	let turn = 0;
	/** What the janitor does. */
	async function tidy(): Promise<void> {
		await flush();
		// One of them does it, now this one, now that.
		turn += 1;
		await backends[turn % backends.length]?.server.app.storage.write(examineRetirements, undefined);
	}
	async function advance(seconds: number): Promise<void> {
		clock.advance(seconds);
		await studio.advance(seconds);
	}
	const ask = (url: string) =>
		backends[0]?.server.app.inject({ method: "GET", url, headers: { cookie: person.cookie } }) ??
		Promise.reject(new Error("There is no backend."));

	const game: RotatingGame = {
		...loop,
		oldKey,
		async publish(servers) {
			const numbers = [(await studio.publish()).server];
			while (numbers.length < servers) numbers.push((await studio.startServer()).server);
			return numbers;
		},
		async reconnect(previousKey) {
			await studio.click("Reconnect");
			await loop.approve({ label: "Second", previousKey });
			await loop.verified("Second");
		},
		async pass(minutes, done) {
			for (let minute = 0; minute < minutes; minute++) {
				if (await done?.()) return minute;
				await advance(MINUTE_SECONDS);
				await tidy();
			}
			return minutes;
		},
		async passHidden(minutes) {
			await studio.click("Auxvyn");
			await game.pass(minutes);
			await studio.click("Auxvyn");
			await studio.waitFor("Connected");
		},
		async catchUp() {
			await tidy();
			await advance(10);
		},
		line: async () => (await studio.widget()).texts.find((text) => LINE.test(text)),
		async old() {
			const answer = await ask(`/api/workspaces/${person.workspaceId}/keys/${oldKey.id}`);
			return answer.json<{ key: Key }>().key;
		},
		async addBackend() {
			backends.push(await start());
			await route();
		},
		async restartBackends() {
			for (const [index, each] of backends.entries()) {
				await each.server.close();
				backends[index] = await start();
				await route();
			}
		},
	};
	return game;
}
