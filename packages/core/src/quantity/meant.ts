import { type Dimension, sameDimension } from './dimension.ts';
import { meantUnit, parseQuantity } from './parse.ts';
import { findUnit, MULTIPLIERS } from './units.ts';

/** A number that is written as elsewhere (`500 req/s`, `1,000/day`, `4gb`, `1m30s`) and what it is called here. Offsets are those of the text. */
export interface MeantNumber {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  /** A quantity of the language. */
  readonly meant: string;
  /** Why, in a sentence. */
  readonly why: string;
}

const NUMBER = "\\d+(?:[.,'_]\\d+|[ \\u00a0\\u202f]\\d{3}(?!\\d))*(?:[eE][+-]?\\d+)?";
/** Number, what it counts or its unit, and per what time. */
const TIME_WORDS = 'ns|us|ms|s|secs?|seconds?|min|mins|minutes?|hrs?|h|hours?|d|days?|wk|weeks?|mo|months?|yrs?|y|years?';
const PER = '\\b(?:per|an?|every)\\b';
const PHRASE = new RegExp(
  `(?<![\\w.])(${NUMBER})[ \\t]*((?:(?!${PER})[A-Za-z]+|%)?)(?:([ \\t]+)((?!${PER})[A-Za-z]+))?(?:[ \\t]*(/|${PER})[ \\t]*(${TIME_WORDS})\\b)?(?![\\w/])`,
  'g',
);
const CLOCK = /(?<![\w.])(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?![\w.])/g;
const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const WORD = new RegExp(`(?<![\\w.-])(${WORDS.join('|')})(?![\\w.-]|\\s+nines\\b)`, 'g');
const NINES = new RegExp(`(?<![\\w.-])(${WORDS.slice(2, 10).join('|')}|[2-9]) nines\\b`, 'g');
const SPAN = /(?<![\w.])(\d[\d.]*)\s*([A-Za-z]*)\s*(?:-|–|to|through)\s*(\d[\d.]*)(\s*[A-Za-z%]*)(?![\w/])/g;

/** Words for what is counted, which a count is said without. */
const THINGS =
  /^(?:req|reqs|requests?|calls?|ops|operations?|queries|query|transactions?|tx|txn|msgs?|messages?|events?|jobs?|hits?|users?|people|customers?|clients?|nodes?|instances?|replicas?|copies|pods?|machines?|servers?|hosts?|vms?|containers?|tasks?|workers?|threads?|cores?|v?cpus?|connections?|conns?|sessions?|rows?|records?|items?|partitions?|shards?|times|retries|attempts)$/i;
const PER_TIME: ReadonlyMap<string, string> = new Map([
  ...['rps', 'qps', 'tps', 'ops', 'iops', 'mps'].map((w) => [w, 's'] as const),
  ...['rpm', 'qpm', 'tpm'].map((w) => [w, 'min'] as const),
  ['rph', 'h'],
]);

/**
 * The numbers of a text that are no quantities here but can be told, in text order; of one that can be read in several ways each of them.
 * O(text); for error messages.
 * @param due what they may measure; anything where it is left out
 */
export function meantNumbers(text: string, due?: readonly Dimension[]): MeantNumber[] {
  const found: MeantNumber[] = [];
  const add = (start: number, written: string, meant: string, why: string): void => {
    // Bits per second are meant only where they are due.
    if (!due && /[kKMGT]b$/.test(written) && meant.endsWith('bps')) return;
    const parsed = parseQuantity(meant);
    if (meant === written || !parsed.ok) return;
    const { dimension } = parsed.value;
    if (due && !due.some((d) => sameDimension(d, dimension))) return;
    found.push({ start, end: start + written.length, written, meant, why });
  };
  if (text.length > 500) return [];
  for (const match of text.matchAll(PHRASE)) {
    const [all, number = '', first = '', gap = '', second = '', slash = '', time = ''] = match;
    const goesOn = second === '' || time !== '' || THINGS.test(second) || PER_TIME.has(second.toLowerCase());
    const written = (goesOn ? all : all.slice(0, -(gap.length + second.length))).trimEnd();
    for (const [plain, why] of plainNumbers(number)) {
      const units = unitsFor(first, goesOn ? second : '', { slash, time });
      for (const [unit, because] of units) add(match.index, written, `${plain}${unit}`, because || why || 'a unit has one spelling');
    }
  }
  for (const match of text.matchAll(CLOCK)) {
    const [written, hours, minutes, seconds] = match;
    if ([hours, minutes, seconds].filter((part) => part !== undefined).length < 2) continue;
    const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
    add(match.index, written, total % 60 === 0 ? `${total / 60} min` : `${total} s`, 'a time has one unit');
  }
  for (const match of text.matchAll(WORD)) add(match.index, match[0], String(WORDS.indexOf(match[0])), 'numbers are written in digits');
  for (const match of text.matchAll(NINES)) {
    const nines = WORDS.indexOf(match[1] ?? '') < 0 ? Number(match[1]) : WORDS.indexOf(match[1] ?? '');
    add(match.index, match[0], nines === 2 ? '99%' : `99.${'9'.repeat(nines - 2)}%`, 'a share is written as a percentage');
  }
  for (const match of text.matchAll(SPAN)) {
    const [written, low = '', lowUnit = '', high = '', highUnit = ''] = match;
    if (Number(low) < Number(high) || lowUnit !== '')
      add(
        match.index,
        written.trimEnd(),
        `${low}${lowUnit === highUnit.trim() ? '' : lowUnit}..${high}${highUnit}`.trimEnd(),
        'a range is written with two full stops',
      );
  }
  return found.sort((a, b) => a.start - b.start);
}

const GROUPED = 'digits are not grouped';
const POINT = 'a decimal point is a .';

/** The digits of a number without what groups them; both ways where a comma may be either. */
function plainNumbers(number: string): [string, string][] {
  const groups = number.replaceAll(/[ '_\u00a0\u202f]/g, '');
  if (groups !== number) return groups.includes(',') ? [] : [[groups, GROUPED]];
  if (!number.includes(',')) return [[number, '']];
  const together = number.replaceAll(',', '');
  if (/^\d{1,3}(?:,\d{3}){2,}$|^[1-9]\d{0,2},000$|^\d{1,3}(?:,\d{3})+\.\d+$/.test(number)) return [[together, GROUPED]];
  if (!/^\d+,\d+$/.test(number)) return [];
  const decimal = number.replace(',', '.');
  if (!/^[1-9]\d{0,2},\d{3}$/.test(number)) return [[decimal, POINT]];
  const why = `${POINT} and ${GROUPED}`;
  return [
    [together, why],
    [decimal, why],
  ];
}

/** What to write behind a number for the words that stand there, and why. */
function unitsFor(first: string, second: string, per: { readonly slash: string; readonly time: string }): [string, string][] {
  const time = per.time === '' ? '' : (findUnit(per.time)?.name ?? meantUnit(per.time) ?? '');
  const below = time === '' ? '' : `/${time}`;
  const alone = second === '' && time === '' ? PER_TIME.get(first.toLowerCase()) : undefined;
  if (alone !== undefined) return [[`/${alone}`, RATE_WITH_SLASH]];
  const isCounted = (word: string): boolean => word !== '' && (THINGS.test(word) || (time !== '' && isThing(word)));
  if (second === '' && isCounted(first)) return [[below, WITHOUT_THINGS]];
  const scaled = time === '' ? PER_TIME.get(second.toLowerCase()) : undefined;
  if (second !== '' && scaled === undefined && !isCounted(second)) return [];
  const why = isCounted(second) ? WITHOUT_THINGS : scaled !== undefined || (below !== '' && per.slash !== '/') ? RATE_WITH_SLASH : '';
  return heads(first, time !== '').map(([unit, because]) => [`${unit}${scaled === undefined ? below : `/${scaled}`}`, why || because]);
}

const RATE_WITH_SLASH = 'a rate is written with a slash';
const WITHOUT_THINGS = 'a number of things has no unit';

/** `each` says whose rate it is: a number without it is another. */
const isThing = (word: string): boolean =>
  word.toLowerCase() !== 'each' && findUnit(word) === undefined && meantUnit(word) === undefined && !MULTIPLIERS.has(word);

/** The unit or multiplier right behind a number. */
function heads(word: string, perTime: boolean): [string, string][] {
  if (word === '') return [['', '']];
  if (word === 'm')
    return [
      [' min', 'a minute is min'],
      ['M', 'a million is M'],
    ];
  if (word === 'B') return [['G', 'B is bytes; a billion is G']];
  const bits = /^([kKMGT])b$/.exec(word)?.[1]?.toUpperCase();
  if (bits !== undefined) {
    const inBits: [string, string] = [` ${bits}bit`, `bytes are ${bits}B, bits ${bits}bit`];
    return perTime ? [inBits] : [[` ${bits}B`, inBits[1]], inBits, [` ${bits}bps`, `bits per second are ${bits}bps`]];
  }
  const bytes = /^([kKMGT]?B)ps$/.exec(word)?.[1]?.toUpperCase();
  if (bytes !== undefined) return [[` ${bytes}/s`, `bytes per second are ${bytes}/s`]];
  if (MULTIPLIERS.has(word)) return [[word, `${word} stands at its number`]];
  // `Mi` and `Gi` of Kubernetes.
  if (/^[KMGTP]i$/.test(word)) return [[` ${word}B`, `${word} of bytes is ${word}B`]];
  const unit = findUnit(word) ? word : /^(?:in|at|to|through)$/.test(word) ? undefined : meantUnit(word);
  if (unit === undefined) return [];
  const glued = /^[/kMGTx%]$|^\//.test(unit);
  return [[glued ? unit : ` ${unit}`, findUnit(word) ? '' : `${word} is no unit`]];
}
