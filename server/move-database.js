import { launch } from "./launch.js";

launch("npm run move-database", function () {
	return import("./move-database-command.ts");
});
