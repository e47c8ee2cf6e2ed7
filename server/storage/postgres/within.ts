import { StorageError } from "../../errors/storage-error.ts";

/**
 * The result of `work`, if there is one in time: a connection whose other end is gone answers nothing.
 * @throws StorageError `busy` after `ms`
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new StorageError("busy", `PostgreSQL did not answer within ${ms} ms.`)), ms);
	try {
		return await Promise.race([work, promise]);
	} finally {
		clearTimeout(timer);
		work.catch(() => undefined);
	}
}
