import { launch } from "./launch.js";

launch("npm run backup", function () {
	return import("./backup-command.ts");
});
