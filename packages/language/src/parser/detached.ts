/**
 * A copy of a string. A part of a string keeps the whole in memory: a block of one version of a file would keep that version's text for as
 * long as the block stays.
 */
export function detached(part: string): string {
  const encoding = NARROW.test(part) ? 'latin1' : 'utf16le';
  return Buffer.from(part, encoding).toString(encoding);
}

const NARROW = /^[\0-\xff]*$/;
