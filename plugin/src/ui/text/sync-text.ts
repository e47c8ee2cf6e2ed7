import { SyncTools } from "../../place";

const IGNORE = 'add "$ignoreUnknownInstances": true to ServerScriptService in its project file';

/** On every page that leads to an install: Rojo shows only in Team Create that it is connected. */
export function rojoText({ rojo }: SyncTools): string {
	return rojo
		? `Rojo is syncing this place. Before you connect, ${IGNORE}, or Rojo will delete the Script. Keep the Script out of git.`
		: `If you use Rojo, ${IGNORE}, or Rojo will delete the Script. Keep the Script out of git.`;
}

/** `isInstalled`: whether the key is there already. */
export function scriptSyncText(path: string, isInstalled: boolean): string {
	const lies = isInstalled ? "The key lies in a file on this computer" : "The key would lie in a file on this computer";
	return `Script Sync writes ${path} to disk. ${lies}: stop syncing it, or keep that folder out of git and backups.`;
}

export const REMOVED_TEXT = `Something removed the Script. If it was Rojo, ${IGNORE}, then connect again. Keep the Script out of git.`;
