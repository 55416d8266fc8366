import { ResponseError } from 'vscode-languageserver';

/** Where faults of the server itself are told. */
export type Log = (message: string) => void;

/**
 * Wraps handlers so that a fault of the server is logged and answered with `fallback`, and never ends it. What a handler refuses on purpose
 * (a `ResponseError`) goes to the editor.
 */
export function guard(log: Log) {
  return <A extends readonly unknown[], R, F>(name: string, handler: (...given: A) => R, fallback: F) =>
    async (...given: A): Promise<Awaited<R> | F> => {
      try {
        return await handler(...given);
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return fallback;
      }
    };
}
