import { launch } from "./launch.js";

launch("npm run create-account", function () {
	return import("./create-account-command.ts");
});
