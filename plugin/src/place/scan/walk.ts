/** Studio's own, not the place's. Plugins may not read all of it. */
const NOT_PLACE = new Set([
	"CoreGui",
	"CorePackages",
	"PluginDebugService",
	"PluginGuiService",
	"RobloxPluginGuiService",
	"StudioService",
]);

/** How long the work of one frame may take: Studio draws in between. */
const SLICE_SECONDS = 0.012;
/** Asking for the time takes time, too. */
const INSTANCES_PER_LOOK_AT_CLOCK = 32;

function servicesOfPlace(): Instance[] {
	return game.GetChildren().filter((service) => {
		const [read, className] = pcall(() => service.ClassName);
		return read && !NOT_PLACE.has(className);
	});
}

function below(service: Instance): Instance[] {
	const [read, descendants] = pcall(() => service.GetDescendants());
	return read ? [service, ...descendants] : [service];
}

export interface Walk {
	/** Calls `visit` with all that was in the place at its begin or came meanwhile. Yields. False if it was stopped before. */
	run: (visit: (instance: Instance) => void) => boolean;
	stop: () => void;
}

/** A walk through the whole place, in slices. `isWanted`: asked after each slice. */
export function createWalk(isWanted: () => boolean): Walk {
	let stopped = false;
	let isRunning = false;
	let connections: RBXScriptConnection[] = [];

	function stop() {
		stopped = true;
		for (const connection of connections) connection.Disconnect();
		connections = [];
	}

	function run(visit: (instance: Instance) => void): boolean {
		assert(!isRunning, "a walk runs once");
		isRunning = true;
		const services = servicesOfPlace();
		const queue: Instance[] = [];
		for (const service of services) {
			connections.push(service.DescendantAdded.Connect((instance) => queue.push(instance)));
			for (const instance of below(service)) queue.push(instance);
		}
		let began = os.clock();
		let at = 0;
		let instance = queue[at];
		while (instance !== undefined) {
			visit(instance);
			at += 1;
			instance = queue[at];
			if (at % INSTANCES_PER_LOOK_AT_CLOCK !== 0 || os.clock() - began < SLICE_SECONDS) continue;
			task.wait();
			if (stopped || !isWanted()) {
				stop();
				return false;
			}
			began = os.clock();
		}
		stop();
		return true;
	}

	return { run, stop };
}
