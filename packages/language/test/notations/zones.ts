import type { Case } from './places.ts';

const A_B = 'the zones of a region are one property: zones: a, b';

export const CASES: readonly Case[] = [
  ['top', 'region eu { zone a; zone b }', 'zone a; zone b', A_B, 'region eu { zones: a, b }'],
  ['top', 'region eu {\n  zone a\n  zone b // second\n}', 'zone a\n  zone b', A_B, 'region eu {\n  zones: a, b // second\n}'],
  ['top', 'region eu { a, b }', '{ a, b }', A_B, 'region eu { zones: a, b }'],
  ['top', 'region eu "Europe" { a; b }', '{ a; b }', A_B, 'region eu "Europe" { zones: a, b }'],
  ['top', 'region eu { zones a b }', '{ zones a b }', A_B, 'region eu { zones: a, b }'],
  ['top', 'region eu { zones = a, b }', '{ zones = a, b }', A_B, 'region eu { zones: a, b }'],
  ['top', 'region eu: a, b', ': a, b', A_B, 'region eu { zones: a, b }'],
  ['top', 'region eu {\n  zones a, b\n}', 'zones a, b', A_B, 'region eu {\n  zones: a, b\n}'],
  // What stands between them, or is said of one, would be lost.
  ['top', 'region eu {\n  zone a // first\n  zone b\n}', 'a', A_B],
  ['top', 'region eu { zone a "A"; zone b }', 'a', A_B],
  ['top', 'region eu { zone a { }, zone b { } }', 'a', A_B],
  ['top', 'region eu { zones: a, zone b }', 'b', A_B],
  ['top', 'region eu { a b }', 'a b', A_B],
  ['top', 'region eu { zones a }', 'zones a', 'a property is said with a colon: zones: a'],
  ['top', 'region eu { region a }', 'a', 'a region has zones in it and no other region: put this outside of its braces'],
  ['top', 'zone eu { zone a }', 'a', 'a zone has no places in it: put this outside of its braces'],
];
