function start(_key: string, _url: string): void {
	print("Auxvyn: the runtime is not built yet.");
}

export = table.freeze({ start });
