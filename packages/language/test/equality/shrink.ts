import type { Difference } from './difference.ts';
import { declarationsIn, linesIn, type Stretch } from './places.ts';
import { differenceAfter, type Failure } from './run.ts';
import type { Step } from './world.ts';

const MOST_TRIALS = 300;

/** A shorter way to the same kind of failure: fewer edits, then fewer declarations and lines in all of their texts. */
export async function shrink(failure: Failure): Promise<Failure> {
  let { steps, difference } = failure;
  let trials = 0;
  const fails = async (candidate: readonly Step[]): Promise<boolean> => {
    if (candidate.length === 0 || ++trials > MOST_TRIALS) return false;
    const found = await differenceAfter(candidate, failure.check);
    if (!found) return false;
    [steps, difference] = [candidate, found];
    return true;
  };
  const asking = steps.map((step) => ({ ...step, asks: true }));
  if (!(await fails(asking)) && !(await fails(steps))) return failure;
  for (let length = steps.length >> 1; length >= 1; length >>= 1) {
    for (let i = 0; i + length < steps.length; ) {
      if (!(await fails(without(steps, i, length)))) i += length;
    }
  }
  for (const cut of [declarationsIn, linesIn]) {
    for (const piece of piecesOf(steps, cut)) await fails(steps.map((step) => withoutPiece(step, piece)));
  }
  return { ...failure, steps, difference };
}

/** Without some steps; the one behind them then leads there from further back, in one change. */
function without(steps: readonly Step[], from: number, count: number): Step[] {
  return steps.flatMap((step, i) => (i >= from && i < from + count ? [] : i === from + count ? [untyped(step)] : [step]));
}

function untyped({ typed, ...step }: Step): Step {
  return step;
}

function piecesOf(steps: readonly Step[], cut: (text: string) => Stretch[]): string[] {
  const texts = [...(steps.at(-1)?.world.open.values() ?? [])];
  return [...new Set(texts.flatMap((text) => cut(text).map(({ start, end }) => text.slice(start, end))))];
}

function withoutPiece(step: Step, piece: string): Step {
  const clean = (texts: ReadonlyMap<string, string>) => new Map([...texts].map(([uri, text]) => [uri, text.replace(piece, () => '')]));
  return { ...untyped(step), world: { disk: clean(step.world.disk), open: clean(step.world.open) } };
}

/** What to do with a failure: its seed, what differs, and the way there. */
export function report(failure: Failure, shrunk: Failure): string {
  const { difference, steps, check } = shrunk;
  return [
    `seed ${failure.seed}, edit ${failure.steps.length - 1} (${failure.steps.at(-1)?.what}), check ${JSON.stringify(check)}`,
    told(failure.difference),
    ...(shrunk === failure
      ? ['could not be made shorter']
      : [`shrunk to ${steps.length} texts:`, told(difference), ...steps.map((step, i) => shown(step, steps[i - 1]))]),
  ].join('\n');
}

const told = ({ path, left, right }: Difference): string => `  at ${path}\n  grown: ${left}\n  fresh: ${right}`;

/** A step with the texts that it changed. */
function shown({ what, world }: Step, before: Step | undefined): string {
  const texts = (kind: 'open' | 'disk') =>
    [...world[kind]].flatMap(([uri, text]) => (before?.world[kind].get(uri) === text ? [] : [`  ${kind} ${uri}: ${JSON.stringify(text)}`]));
  return [`- ${what}`, ...texts('open'), ...texts('disk')].join('\n');
}
