import { connectionText, flowText, remarkText } from './design-flows.ts';
import { componentText, type Made, TECHNOLOGIES } from './design-parts.ts';
import { type Random, randomFrom } from './random.ts';

/** Names of a design that flows, connections and remarks may mention. */
export interface Names {
  readonly components: Made[];
  readonly places: string[];
  readonly lets: string[];
  readonly flows: string[];
  readonly groups: string[];
}

export const noNames = (): Names => ({ components: [], places: [], lets: [], flows: [], groups: [] });

/** How often each kind stands in a design. */
const KINDS: readonly (readonly [number, string])[] = [
  [6, 'service'],
  [4, 'database'],
  [3, 'cache'],
  [2, 'loadbalancer'],
  [2, 'worker'],
  [2, 'stream'],
  [1, 'queue'],
  [1, 'gateway'],
  [1, 'function'],
  [1, 'search'],
  [1, 'blobstore'],
  [1, 'external'],
  [1, 'cdn'],
  [1, 'dns'],
  [1, 'registry'],
  [1, 'scheduler'],
  [1, 'mesh'],
  [1, 'monitor'],
];

/**
 * A design with about so many components of every kind, in one file or in several that import each other: places, technologies, lets with
 * expressions, stores with tables and queries, stamps, flows with every modifier, scenarios, accepts, views. Free of errors by intent.
 */
export function generatedDesign(seed: number, size: number, fileCount: number): Map<string, string> {
  const random = randomFrom(seed);
  const names = noNames();
  const platform = [...placesText(random, names), ...letsText(random, names), ...TECHNOLOGIES.filter(() => random.chance(0.4))];
  const parts: string[][] = Array.from({ length: Math.max(1, fileCount - 2) }, () => []);
  const main = [`system Design${seed % 1000} "Generated ${seed}"`];
  // What mentions components of any file stands in the file that sees them all.
  const add = (kind: string): void =>
    void (kind === 'mesh' || kind === 'monitor' ? main : random.pick(parts)).push(componentText(random, names, kind));
  const first = ['client', 'loadbalancer', 'service', 'database', 'cache'];
  for (const kind of first.slice(0, Math.max(2, size))) add(kind);
  for (let i = first.length; i < size; i++) add(i % 12 === 5 ? 'client' : random.weighted(KINDS));
  if (size > 6 && random.chance(0.6)) random.pick(parts).push(groupText(random, names));
  for (let i = 0; i < 1 + size / 6; i++) main.push(flowText(random, names));
  for (let i = 0; i < size / 3; i++) main.push(connectionText(random, names));
  for (let i = 0; i < 2 + size / 10; i++) main.push(remarkText(random, names));

  const uri = (name: string): string => `file:///work/${name}.sysd`;
  const join = (blocks: readonly string[]): string => `${spaced(random, blocks)}\n`;
  if (fileCount === 1) return new Map([[uri('main'), join([main[0]!, ...platform, ...parts.flat(), ...main.slice(1)])]]);
  const partNames = parts.map((_, i) => `part-${i}`);
  const imports = (of: readonly string[]): string => of.map((name) => `import "./${name}.sysd"`).join('\n');
  return new Map([
    [
      uri('main'),
      join([imports(fileCount > 2 ? [...partNames, 'platform'] : ['platform']), ...main, ...(fileCount > 2 ? [] : parts.flat())]),
    ],
    [uri('platform'), join(platform)],
    ...(fileCount > 2 ? parts.map((blocks, i) => [uri(partNames[i]!), join([imports(['platform']), ...blocks])] as const) : []),
  ]);
}

/** Some authors leave blank lines between statements and write comments, some do not. */
function spaced(random: Random, blocks: readonly string[]): string {
  const airy = random.chance(0.6);
  return blocks
    .map((block) => `${random.chance(0.15) ? '// a remark of the author\n' : ''}${block}${airy && random.chance(0.7) ? '\n' : ''}`)
    .join('\n');
}

function placesText(random: Random, names: Names): string[] {
  const texts: string[] = [];
  for (const region of ['us', 'eu', 'asia'].slice(0, 1 + random.below(3))) {
    const zones = ['a', 'b', 'c'].slice(0, 1 + random.below(3));
    names.places.push(region, ...zones.map((z) => `${region}.${z}`));
    texts.push(`region ${region} { availability: 99.99%, zones: ${zones.join(', ')}, zone-availability: 99.9% }`);
  }
  if (random.chance(0.3)) {
    names.places.push('annex');
    texts.push('zone annex "Annex" { availability: 99.5% }');
  }
  return texts;
}

function letsText(random: Random, names: Names): string[] {
  const texts: string[] = [];
  for (let i = 0; i < 1 + random.below(5); i++) {
    const before = names.lets.length > 0 ? random.pick(names.lets) : undefined;
    const value = random.pick([
      `${1 + random.below(90)}%`,
      `min(${1 + random.below(9)} * 10%, 95%)`,
      ...(before === undefined ? [] : [`${before} * 2`, `max(${before}, 10%) / 2`, `(${before} + 5%) ^ 1`]),
    ]);
    const name = `share-${i}`;
    texts.push(`let ${name} = ${value}${random.chance(0.2) ? ` // share number ${i}` : ''}`);
    names.lets.push(name);
  }
  return texts;
}

/** A stamp around components of its own. */
function groupText(random: Random, names: Names): string {
  const regions = names.places.filter((p) => !p.includes('.'));
  const across = random.chance(0.6) ? ` across ${regions.join(', ')}` : '';
  const name = `group-${names.groups.length}`;
  const own: Names = { ...noNames(), places: across === '' ? names.places : ['zones'] };
  const inside = ['loadbalancer', 'service', 'service', 'cache'].slice(0, 2 + random.below(3)).map((kind) => {
    const text = componentText(random, { ...own, components: names.components }, kind);
    return text.replaceAll(/^/gm, '  ');
  });
  names.groups.push(name);
  return [`group ${name} "Cell"${across} {`, ...(across !== '' && random.chance(0.3) ? ['  pinned: yes'] : []), ...inside, '}'].join('\n');
}
