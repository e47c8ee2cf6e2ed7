import { launch } from "./launch.js";

launch("npm run trust-clock", function () {
	return import("./trust-clock-command.ts");
});
