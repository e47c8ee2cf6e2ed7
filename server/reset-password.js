import { launch } from "./launch.js";

launch("npm run reset-password", function () {
	return import("./reset-command.ts");
});
