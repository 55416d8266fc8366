import { globSync, readFileSync } from 'node:fs';
import { analyse, effectsOf, headroomOf } from '@sysd/analysis';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../../lower-text.ts';
import { finish } from '../../objectives.ts';
import { readTraffic, saturationOrders, trafficInWords } from './at-traffic.ts';
import { evaluations } from './evaluated.ts';
import { trafficOutcome } from './traffic-outcome.ts';

const examples = new URL('../../../../../examples/', import.meta.url);
const files = globSync('*/*.sysd', { cwd: examples }).sort();

const titlesIn = (file: string): string[] => lowerText(readFileSync(new URL(file, examples), 'utf8')).design.scenarios.map((s) => s.id);

describe.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, examples), 'utf8');
  const { design } = lowerText(text);
  const evaluate = evaluations();
  const ask = (failed: readonly string[] | undefined, factor: number) =>
    evaluate(design, { failed, factor }, () => analyse(design).traffic);

  it('is at each traffic, one after another, what the command line gives with the same arguments', () => {
    const place = design.places.keys().next().value;
    const targets = place === undefined ? [] : [place];
    for (const [failed, factor] of [
      [undefined, 5],
      [targets, 5],
      [targets, 1],
      [undefined, 1.31],
      [[], 100],
      [undefined, 1],
    ] as const) {
      const { traffic, overlay } = ask(failed, factor);
      const lowered = lowerText(text, { traffic: factor, ...(failed ? { fail: failed } : {}) }).design;
      expect(traffic).toEqual(analyse(lowered).traffic);
      const told = (effects: ReturnType<typeof effectsOf>) => effects.map(({ flow, state, share }) => ({ flow, state, share }));
      expect(overlay && told([...overlay.flows])).toEqual(failed && told(effectsOf(lowered)));
    }
  });
});

const SHOP = `system Shop
client users { peak: 2x }
service api { replicas: 3, cores: 1, cpu-time: 10 ms, cost: 100 USD/month per node }
database db { capacity: 1k/s, latency: 2 ms }
service idle { cores: 1, cpu-time: 1 ms }
flow Buy from users at 50/s { slo: p99 <= 100 ms; users -> api; api -> db read }
`;

it.each(files.flatMap((file) => titlesIn(file).map((title) => [file, title] as const)))(
  '%s in %j, with more traffic and failures',
  (file, scenario) => {
    const text = readFileSync(new URL(file, examples), 'utf8');
    const { design } = lowerText(text, { scenario });
    expect(design.scenario).toBe(scenario);
    const evaluate = evaluations();
    const place = design.places.keys().next().value;
    for (const [failed, factor] of [
      [undefined, 1],
      [undefined, 5],
      [place === undefined ? [] : [place], 2],
    ] as const) {
      const { traffic, overlay } = evaluate(design, { failed, factor }, () => analyse(design).traffic);
      const lowered = lowerText(text, { scenario, traffic: factor, fail: failed ?? [] }).design;
      expect(traffic).toEqual(analyse(lowered).traffic);
      if (failed || design.failed.length > 0)
        expect(overlay?.flows.map(({ flow, state }) => [flow, state])).toEqual(effectsOf(lowered).map(({ flow, state }) => [flow, state]));
      else expect(overlay).toBeUndefined();
    }
  },
);

/** By hand: 100/s at peak, api 100 of 300/s (full at 3x), db 100 of 1000/s (full at 10x). */
const inWords = (text: string, factor: number, failed?: readonly string[], element?: string) => {
  const { design } = lowerText(text);
  const evaluate = evaluations();
  const ask = (at: number) => evaluate(design, { failed, factor: at }, () => analyse(design).traffic);
  const order = saturationOrders()(ask(1));
  return { words: trafficInWords(ask(factor), order, 'shop.sysd', element), evaluated: ask(factor), design };
};

describe('in words', () => {
  it('what breaks first, what is over capacity, the figures of a component and the command', () => {
    const { words, design } = inWords(SHOP, 6, undefined, 'api');
    expect(words).toEqual({
      factor: 6,
      command: 'sysd estimate shop.sysd --traffic 6',
      breaks: [
        { element: 'api', at: 3, text: '3x' },
        { element: 'db', at: 10, text: '10x' },
      ],
      over: [{ element: 'api', utilisation: '200 %' }],
      component: {
        element: 'api',
        over: true,
        rows: [
          { name: 'Peak rate', value: '600/s' },
          { name: 'Utilisation at peak', value: '200 %' },
          { name: 'Instances', value: '3' },
          { name: 'Needed at 100 %', value: '6' },
          { name: 'Needed at target', value: '9' },
        ],
      },
    });
    expect(headroomOf(design, analyse(design).traffic).map((h) => h.component)).toEqual(['api', 'db']);
  });

  it('with a failure less traffic fills what is left', () => {
    const { words } = inWords(SHOP, 2, ['api 1']);
    expect(words.command).toBe("sysd estimate shop.sysd --traffic 2 --fail 'api 1'");
    expect(words.breaks[0]).toEqual({ element: 'api', at: 2, text: '2x' });
    expect(inWords(SHOP, 2.1, ['api 1']).words.over).toEqual([{ element: 'api', utilisation: '105 %' }]);
  });

  it('what a component lacks, and what none has', () => {
    const { words } = inWords(SHOP.replace(', cpu-time: 10 ms', ''), 2, undefined, 'api');
    expect(words.component?.rows[1]?.value).toMatch(/^not estimated: api has no cpu-time/);
    expect(inWords(SHOP, 2, undefined, 'users').words.component).toBeUndefined();
    expect(inWords(SHOP, 2, undefined, '__proto__').words.component).toBeUndefined();
  });

  it('of users who think: more of them come, and none of them too often', () => {
    const text = `system C
client staff { online: 100, think-time: 5 s }
service api { replicas: 1, cores: 1, cpu-time: 10 ms }
flow Use from staff { staff -> api }
`;
    const { words, evaluated } = inWords(text, 20, undefined, 'api');
    expect(evaluated.traffic).toEqual(analyse(lowerText(text, { traffic: 20 }).design).traffic);
    // 2000 users of 5 s would be 400/s; one core of 10 ms answers 100/s.
    expect(words).toMatchObject({ breaks: [], unbroken: 'Nothing is filled by more traffic.', over: [], component: { over: false } });
    expect(words.component?.rows[0]?.value).toBe('100/s');
  });

  it('why there is nothing to move', () => {
    const lacking = (text: string) => inWords(text, 5).words;
    expect(lacking('system S\nservice api')).toMatchObject({
      lacking: 'No traffic to grow: the design has no flow.',
      breaks: [],
      over: [],
    });
    expect(lacking('system S\nclient u\nservice a\nflow F from u { u -> a }').lacking).toContain('no flow says how often it starts');
    expect(lacking('system S\nclient u\nservice a\nflow F from u at 1/s { u -> a }').unbroken).toContain('No utilisation is estimated');
    expect(lacking(SHOP.replace('50/s', '0.1/s')).unbroken).toBe('Nothing up to 100x; api at 1,500x.');
    expect(lacking(SHOP.replace('50/s', '0/s')).unbroken).toBe('Nothing: no flow loads what has a capacity.');
  });
});

describe('what takes longer', () => {
  const outcome = (factor: number, failed?: readonly string[]) => finish(trafficOutcome(inWords(SHOP, factor, failed).evaluated));

  it('latencies against objectives, and totals', () => {
    expect(outcome(1).flows).toMatchObject([{ flow: 'Buy', label: 'Buy', objectives: [{ verdict: 'met' }] }]);
    const near = outcome(2.5);
    expect(near.flows[0]?.latency).toMatch(/^p99 \d+(\.\d+)? ms$/);
    expect(near.flows[0]?.objectives).toEqual([{ text: expect.stringMatching(/^p99 <= 100 ms \(\d+(\.\d+)? ms\)$/), verdict: 'missed' }]);
    expect(near.totals).toEqual([
      { name: 'Requests at peak', value: '250/s' },
      { name: 'Instances needed', value: '5' },
      { name: 'Cost a month', value: '300 USD (without 2 that have no price)' },
    ]);
  });

  it('over capacity there is no latency', () => {
    expect(outcome(6).flows[0]).toMatchObject({
      latency: 'over capacity: api',
      objectives: [{ text: 'p99 <= 100 ms', verdict: 'not-estimated' }],
    });
  });
});

it('a client may send anything', () => {
  expect([undefined, null, 5, 'x'].map(readTraffic)).toEqual([undefined, undefined, undefined, undefined]);
  expect(
    [{}, { factor: '5' }, { factor: Number.NaN }, { factor: -3 }, { factor: 0 }, { factor: 1e300 }, { factor: 1.5, element: 3 }].map(
      readTraffic,
    ),
  ).toEqual([1, 1, 1, 1, 1, 100, 1.5].map((factor) => ({ factor })));
  expect(readTraffic({ factor: 2, element: 'api' })).toEqual({ factor: 2, element: 'api' });
});

it('the answer at the traffic as written is kept while a slider is dragged', () => {
  const { design } = lowerText(SHOP);
  const evaluate = evaluations();
  const ask = (factor: number) => evaluate(design, { failed: ['api 1'], factor }, () => analyse(design).traffic);
  const [written, moved] = [ask(1), ask(2)];
  for (let factor = 3; factor < 13; factor++) {
    ask(factor);
    expect(ask(1)).toBe(written);
  }
  expect(ask(2)).not.toBe(moved);
});
