import { bringUp, differenceOfAnswers } from './ask.ts';
import { differenceOfDesigns, differenceOfResults, standInsFor } from './compare.ts';
import { generatedDesign } from './designs.ts';
import type { Difference } from './difference.ts';
import { nextSteps } from './edits.ts';
import { BLOCKS, EXAMPLES } from './examples.ts';
import { type InProcessServer, serverAt } from './in-process-server.ts';
import { randomFrom } from './random.ts';
import { type Subject, statesOf, subjectAt } from './subject.ts';
import { type Step, type World, withText, worldOf } from './world.ts';

/** How much is compared: what the text means, or that and everything that can be asked (by the lot of that seed). */
export type Check = { readonly kind: 'designs' } | { readonly kind: 'all'; readonly seed: number };

/** A server that has grown with the edits differs from one started fresh on the last texts. */
export interface Failure {
  readonly seed: number;
  readonly difference: Difference;
  readonly check: Check;
  /** From the start to where they differ. */
  readonly steps: readonly Step[];
}

function startOf(seed: number): World {
  const random = randomFrom(seed);
  const size = random.weighted([
    [7, 5 + random.below(6)],
    [3, 10 + random.below(12)],
    [1, 22 + random.below(59)],
  ]);
  const files = random.chance(0.3)
    ? random.pick(EXAMPLES)
    : generatedDesign(
        seed,
        size,
        random.weighted([
          [5, 1],
          [1, 2],
          [4, 3 + random.below(4)],
        ]),
      );
  return worldOf(files);
}

/** Characters of a text. */
const LONGEST = 30_000;

const DESIGNS: Check = { kind: 'designs' };

/** Shares of the edits after which it is compared what the texts mean, and everything. */
export interface Pace {
  readonly designs: number;
  readonly all: number;
}

/** Of long runs, and of seeds that failed once. */
export const THOROUGH: Pace = { designs: 1, all: 1 / 12 };

/**
 * Lets a session and a server follow so many edits drawn by lot from a seed, and compares them on the way with ones started fresh on the
 * same texts, at last in everything. The first difference.
 */
export async function run(seed: number, edits: number, pace: Pace): Promise<Failure | undefined> {
  const random = randomFrom(seed ^ 0x5eed);
  // Of its own, so that the edits do not hang on what is compared.
  const lots = randomFrom(seed ^ 0xc4ec);
  const start = startOf(seed);
  const steps: Step[] = [{ what: 'start', world: start }];
  const grown = await Pair.at(start);
  try {
    while (steps.length <= edits) {
      for (const step of nextSteps({ random, blocks: BLOCKS, history: steps.map((s) => s.world), longest: LONGEST })) {
        steps.push({ ...step, asks: random.chance(1 / 3) });
        const all: Check = { kind: 'all', seed: lots.below(2 ** 31) };
        const check = lots.chance(pace.all) || steps.length === edits ? all : lots.chance(pace.designs) ? DESIGNS : undefined;
        const difference = await grown.follow(steps.at(-1)!, check);
        if (difference) return { seed, difference, check: check ?? DESIGNS, steps };
      }
    }
    return undefined;
  } finally {
    await grown.stop();
  }
}

/** The difference after these steps, of a session and a server that go through them. */
export async function differenceAfter(steps: readonly Step[], check: Check): Promise<Difference | undefined> {
  const [first, ...rest] = steps;
  const grown = await Pair.at(first!.world);
  try {
    for (const step of rest.slice(0, -1)) await grown.follow(step, undefined);
    return await grown.follow(rest.at(-1) ?? first!, check);
  } finally {
    await grown.stop();
  }
}

class Pair {
  readonly #session: Subject;
  readonly #server: InProcessServer;

  private constructor(session: Subject, server: InProcessServer) {
    this.#session = session;
    this.#server = server;
  }

  static async at(world: World): Promise<Pair> {
    const session = subjectAt(world);
    statesOf(session);
    return new Pair(session, await serverAt(world));
  }

  async follow(step: Step, check: Check | undefined): Promise<Difference | undefined> {
    try {
      this.#to(step);
      if (step.asks) await bringUp(this.#server, step.world);
      if (check === undefined) return void statesOf(this.#session);
      const fresh = subjectAt(step.world);
      const found = differenceOfDesigns(this.#session, fresh);
      if (found || check.kind === 'designs') return found;
      return await this.#all(step, check.seed, fresh);
    } catch (error) {
      return { path: 'exception', left: error instanceof Error ? (error.stack ?? error.message) : String(error), right: '' };
    }
  }

  #to(step: Step): void {
    this.#session.to(step);
    this.#server.to(step);
  }

  async #all({ world }: Step, seed: number, fresh: Subject): Promise<Difference | undefined> {
    const random = randomFrom(seed);
    const results = differenceOfResults(this.#session, fresh);
    const uris = [...world.open.keys()];
    if (results || uris.length === 0) return results;
    const uri = random.pick(uris);
    const text = world.open.get(uri)!;
    // What stands in while a line is being typed goes when another line of the design is edited.
    for (const now of [`${text}\n`, text]) this.#to({ what: 'touch', world: withText(world, uri, now) });
    const again = differenceOfDesigns(this.#session, fresh) ?? differenceOfResults(this.#session, fresh);
    if (again) return again;
    const other = await serverAt(world);
    try {
      const answers = await differenceOfAnswers(this.#server, other, { uri, text, random }, standInsFor(this.#session, uri));
      const trouble = [...this.#server.trouble, ...other.trouble];
      return answers ?? (trouble.length > 0 ? { path: 'log', left: trouble.join('\n'), right: '' } : undefined);
    } finally {
      await other.stop();
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}
