import {
  KIND_NAMES,
  KINDS,
  type Kind,
  MULTIPLIERS,
  OPERATIONS,
  type Owner,
  PROPERTY_NAMES,
  type PropertyName,
  phraseText,
  propertySchema,
  UNITS,
} from '../packages/core/src/index.ts';

/** A technology of the standard library, as the reference lists it. */
export interface LibraryEntry {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly title: string;
  readonly file: string;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string): string => `\`${text}\``;
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');

/** Owners in words: most properties stand on every kind but `client`. */
function ownersText(owners: readonly Owner[]): string {
  const kinds = owners.filter((o): o is Kind => (KIND_NAMES as readonly string[]).includes(o));
  const others = owners.filter((o) => !(KIND_NAMES as readonly string[]).includes(o) && o !== 'technology');
  const lacking = KIND_NAMES.filter((k) => !kinds.includes(k));
  const some =
    lacking.length === 0 ? ['any kind'] : lacking.length === 1 && lacking[0] === 'client' ? ['any kind but client'] : kinds.map(code);
  return [...(kinds.length > 0 ? some : []), ...others.map(code)].join(', ');
}

function defaultText(name: PropertyName): string {
  const schema = propertySchema(name);
  const own = schema.default === undefined ? [] : [`${code(schema.default)}${schema.source ? ` (${schema.source})` : ''}`];
  return [...own, ...(schema.fromTechnology ? ['of the technology'] : [])].join('; or ') || 'none';
}

const propertyRow = (name: PropertyName): string[] => {
  const schema = propertySchema(name);
  return [code(name), phraseText(schema.phrase), code(schema.example), ownersText(schema.on), defaultText(name), schema.doc];
};

/** The page docs/reference.md, from the schema and the standard library. */
export function referencePage(library: readonly LibraryEntry[]): string {
  const isOn = (owner: Owner) => (name: PropertyName) => (propertySchema(name).on as readonly Owner[]).includes(owner);
  const onComponents = PROPERTY_NAMES.filter((n) => KIND_NAMES.some((k) => isOn(k)(n)));
  const elsewhere = PROPERTY_NAMES.filter((n) => !onComponents.includes(n));
  const header = ['property', 'value', 'example', 'on', 'default', 'meaning'];
  return `${[
    '# Reference',
    'Made from the schema and the standard library by `node scripts/generate-reference.ts`; a test compares it. The guide is [language.md](language.md).',
    '## Kinds of component',
    table(
      ['kind', 'what it is'],
      KIND_NAMES.map((k) => [code(k), KINDS[k]]),
    ),
    '## Operations of a step',
    table(
      ['operation', 'meaning'],
      Object.entries(OPERATIONS).map(([o, doc]) => [code(o), doc]),
    ),
    '## Units',
    `A unit stands right behind its number, with or without a space. Before it, or alone, may stand a multiplier: ${[...MULTIPLIERS]
      .map(([name, factor]) => `${code(name)} (${factor.toExponential().replace('e+', '0^').replace(/^10\^/, '10^')})`)
      .join(', ')}. Counts and requests have no unit.`,
    table(
      ['unit', 'meaning'],
      UNITS.map((u) => [code(u.name), u.doc]),
    ),
    '## Properties of components',
    'A default "of the technology" comes from the standard library or from a `technology` of the design.',
    table(header, onComponents.map(propertyRow)),
    '## Properties of other elements',
    table(header, elsewhere.map(propertyRow)),
    '## Technologies of the standard library',
    'Each is written in `.sysd` with the source of every fact; hover over its name in the editor, or go to its definition.',
    table(
      ['technology', 'kinds', 'title', 'file'],
      [...library]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((t) => [code(t.name), t.kinds.join(', '), t.title, `[${t.file}](../packages/language/src/library/${t.file})`]),
    ),
  ].join('\n\n')}\n`;
}
