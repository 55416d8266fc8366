import type { IncomingMessage, ServerResponse } from 'node:http';

export type Objects = (request: IncomingMessage, response: ServerResponse, path: string, asked: number) => Promise<void>;

const MOST_OBJECTS = 2_000;
const MOST_BYTES = 1 << 20;

/**
 * A blob store in memory: `PUT` keeps what is sent, `GET` gives it back. A key that nobody has put is answered with as many bytes as
 * were asked for, because the design's store holds years of objects and this one a moment's.
 */
export function createObjects(): Objects {
  const kept = new Map<string, Buffer>();
  return async (request, response, path, asked) => {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of request) {
      size += (part as Buffer).length;
      if (size <= MOST_BYTES) parts.push(part as Buffer);
    }
    if (request.method === 'PUT') {
      if (size > MOST_BYTES) {
        response.writeHead(413).end(`objects are at most ${MOST_BYTES} bytes here\n`);
        return;
      }
      kept.delete(path);
      kept.set(path, Buffer.concat(parts));
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_OBJECTS && oldest !== undefined) kept.delete(oldest);
      response.writeHead(204).end();
      return;
    }
    const body = kept.get(path) ?? Buffer.alloc(asked, 'x');
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': body.length }).end(body);
  };
}
