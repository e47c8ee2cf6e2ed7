import { launch } from "./launch.js";

launch("npm run build", function () {
	return import("./build-command.ts");
});
