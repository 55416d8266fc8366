import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aboutDrawing, aboutFigures, aboutText, differenceOfAnswers, type Question } from '../equality/ask.ts';
import { generatedDesign } from '../equality/designs.ts';
import { type Difference, firstDifference } from '../equality/difference.ts';
import { nextSteps } from '../equality/edits.ts';
import { BLOCKS } from '../equality/examples.ts';
import { type Random, randomFrom } from '../equality/random.ts';
import { type World, worldOf } from '../equality/world.ts';
import { type Editor, startEditor } from './editor.ts';

/** What became of a server under so many edits. */
export interface Endurance {
  readonly requests: number;
  /** Requests answered with a fault or not at all, and what the server wrote to its log. */
  readonly faults: readonly string[];
  /** Back at the start: where it differs from a server started fresh. */
  readonly difference: Difference | undefined;
  /** Resident memory behind the edits that warm it up, and behind the last; MB, at rest. */
  readonly before: number;
  readonly after: number;
}

export interface EnduranceOptions {
  readonly edits: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly progress?: (edits: number, requests: number, memory: number) => void;
}

/** Characters of a file. */
const LONGEST = 12_000;
/** Until a server left alone has shown everything, ms. */
const LONGEST_REST = 20_000;
/** Requests under way at once: an editor asks several things after a key. */
const MOST_ASKED = 6;

/**
 * Edits a design of several files in the built server, at full speed, with requests of every kind in between; then goes back to the start
 * and compares it with a server started fresh.
 */
export async function endure(server: string, { edits, warmUp, seed, progress }: EnduranceOptions): Promise<Endurance> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'sysd-endurance-'));
  const start = worldOf(generatedDesign(seed, 40, 4));
  const editor = await startEditor(server, folder, start);
  const asked = new Set<Promise<void>>();
  const recent: World[] = [];
  let requests = 0;
  let before = 0;
  try {
    for (let done = 0; done < edits; ) {
      for (const step of nextSteps({ random, blocks: BLOCKS, history: [start, ...recent, editor.world()], longest: LONGEST })) {
        editor.to(step);
        recent.push(step.world);
        if (recent.length > 20) recent.shift();
        for (const question of questionsAfter(editor.world(), random)) {
          requests++;
          const answered = editor.follow(question).then(() => void asked.delete(answered));
          asked.add(answered);
        }
        while (asked.size >= MOST_ASKED) await Promise.race(asked);
        done++;
        if (done === warmUp) before = await atRest(editor, asked);
        if (done % 1000 === 0) progress?.(done, requests, editor.memory());
      }
    }
    editor.to({ what: 'back to the start', world: start });
    const after = await atRest(editor, asked);
    return { requests, faults: editor.faults(), difference: await differenceFromFresh(server, folder, editor, random), before, after };
  } finally {
    await editor.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mostly one request, sometimes two or none, of those that an editor makes. */
function questionsAfter({ open }: World, random: Random): Question[] {
  return Array.from({ length: open.size > 0 ? random.pick([0, 1, 1, 2]) : 0 }, () => {
    const [uri, text] = random.pick([...open]);
    const about = random.pick([aboutText, aboutText, aboutFigures, aboutDrawing]);
    const delta: Question = ['textDocument/semanticTokens/full/delta', { textDocument: { uri }, previousResultId: '1' }];
    return random.chance(0.1) ? delta : random.pick([...about(uri, text, random)]);
  });
}

/** Memory when everything is answered and nothing has been asked for a while. */
async function atRest(editor: Editor, asked: ReadonlySet<Promise<void>>): Promise<number> {
  await Promise.all(asked);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return editor.memory();
}

/** What is found of objectives is shown only when a server has been left alone for a while. */
async function differenceAtRest(difference: () => Promise<Difference | undefined>): Promise<Difference | undefined> {
  const begin = performance.now();
  for (;;) {
    const found = await difference();
    if (!found || performance.now() - begin > LONGEST_REST) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function differenceFromFresh(server: string, folder: string, editor: Editor, random: Random): Promise<Difference | undefined> {
  const fresh = await startEditor(server, folder, editor.world());
  try {
    for (const [uri, text] of editor.world().open) {
      const shown = await differenceAtRest(async () => firstDifference(await editor.shown(uri), await fresh.shown(uri)));
      if (shown) return { ...shown, path: `shown of ${uri}${shown.path}` };
      const answers = await differenceOfAnswers(editor, fresh, { uri, text, random }, { findings: false, drawing: false });
      if (answers) return answers;
    }
    return undefined;
  } finally {
    await fresh.stop();
  }
}
