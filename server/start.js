import { launch } from "./launch.js";

launch("npm start", function () {
	return import("./main.ts");
});
