/** Studio's own, not the place's. Plugins may not read all of it. */
const NOT_PLACE = new Set([
	"CoreGui",
	"CorePackages",
	"PluginDebugService",
	"PluginGuiService",
	"RobloxPluginGuiService",
	"ScriptEditorService",
	"StudioService",
]);

/** How long the work of one frame may take: Studio draws in between. */
const SLICE_SECONDS = 0.008;
/** Asking for the time takes time, too. */
const INSTANCES_PER_LOOK_AT_CLOCK = 32;

function isOfPlace(service: Instance): boolean {
	const [read, className] = pcall(() => service.ClassName);
	return read && !NOT_PLACE.has(className);
}

/** The service of the place that an Instance is in; undefined if it is in none. */
export function serviceOf(instance: Instance): Instance | undefined {
	let at = instance;
	while (at.Parent !== undefined && at.Parent !== game) at = at.Parent;
	return at.Parent === game && isOfPlace(at) ? at : undefined;
}

/** All Instances of the place, each service before what is in it. */
export function everyInstance(): Instance[] {
	const all: Instance[] = [];
	for (const service of game.GetChildren()) {
		if (!isOfPlace(service)) continue;
		all.push(service);
		const [read, descendants] = pcall(() => service.GetDescendants());
		if (read) for (const instance of descendants) all.push(instance);
	}
	return all;
}

/**
 * Goes on through a list, which may grow, each time it is called: for one slice, or to the end. True at the end. `found`:
 * called with what `test` is true for, and with what cannot be read as a whole.
 */
export function passThrough(
	list: Instance[],
	test: (instance: Instance) => boolean,
	found: (instance: Instance) => void,
): () => boolean {
	let at = 0;

	function slice(deadline: number) {
		let instance = list[at];
		while (instance !== undefined) {
			at += 1;
			if (test(instance)) found(instance);
			if (at % INSTANCES_PER_LOOK_AT_CLOCK === 0 && os.clock() >= deadline) return;
			instance = list[at];
		}
	}

	return () => {
		const deadline = os.clock() + SLICE_SECONDS;
		// Once for all of them: that costs less than once for each.
		while (!pcall(slice, deadline)[0]) found(list[at - 1] as Instance);
		return at === list.size();
	};
}
