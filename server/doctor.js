import { launch } from "./launch.js";

launch("npm run doctor", function () {
	return import("./doctor-command.ts");
});
