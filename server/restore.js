import { launch } from "./launch.js";

launch("npm run restore", function () {
	return import("./restore-command.ts");
});
