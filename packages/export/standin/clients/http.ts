import { lookup } from 'node:dns/promises';

/** Calls a route of another service; rejects on any answer but a success. */
export async function callHttp(base: string, path: string, sends: number, receives: number, signal: AbortSignal): Promise<void> {
  const url = new URL(path, base);
  if (receives > 0) url.searchParams.set('bytes', String(receives));
  const body = sends > 0 ? 'x'.repeat(sends) : undefined;
  const answer = await fetch(url, body === undefined ? { signal } : { method: 'POST', body, signal });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url.host} answered ${answer.status}`);
}

/** Puts an object of so many bytes, or gets the one last put under the key (another key's size does not matter: a miss is no failure). */
export async function callObjects(base: string, key: string, write: boolean, bytes: number, signal: AbortSignal): Promise<void> {
  const url = new URL(`/objects/${encodeURIComponent(key)}`, base);
  if (!write) url.searchParams.set('bytes', String(bytes));
  const answer = await fetch(url, write ? { method: 'PUT', body: 'x'.repeat(bytes), signal } : { signal });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url.host} answered ${answer.status}`);
}

/** Looks a name up, as a caller of a name service or registry does. */
export async function resolveName(host: string): Promise<void> {
  await lookup(host);
}
