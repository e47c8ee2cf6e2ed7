import { launch } from "./launch.js";

launch("npm run migrate", function () {
	return import("./migrate-command.ts");
});
