import type { ValueConverter } from 'langium';

/** Strings without their quotes and escapes; every other terminal as written. */
export class SysdValueConverter implements ValueConverter {
  convert(input: string): string {
    return input.startsWith('"') ? readString(input) : input;
  }
}

/** Content of a string token. The closing quote may be missing (an error elsewhere). */
export function readString(token: string): string {
  const closed = token.length > 1 && token.endsWith('"');
  const inner = token.slice(1, closed ? -1 : undefined);
  return (closed ? inner : inner.trimEnd()).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c));
}
