import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bottleneckBounds } from './bottleneck-bounds.ts';
import { closedClasses } from './closed-classes.ts';
import { erlangB } from './erlang-b.ts';
import { erlangC } from './erlang-c.ts';
import { openNetwork } from './jackson.ts';
import { generalServiceQueue } from './mg1.ts';
import { multiServerQueue } from './mmc.ts';
import { emptyProbability } from './mmc-empty.ts';
import { boundedQueue } from './mmck.ts';
import { meanValueAnalysis } from './mva.ts';
import { estimated } from './testing/estimated.ts';
import { randomNumbers } from './testing/random.ts';
import { trafficEquations } from './traffic-equations.ts';

const OCTAVE = 'octave-cli';
const run = (program: string) => spawnSync(OCTAVE, ['--no-init-file', '--quiet'], { input: program, encoding: 'utf8' });
const probe = run('pkg load queueing; disp(qsmm1(1, 2))');
const missing = probe.status === 0 && probe.stdout.trim() === '0.5000' ? undefined : 'octave with its package queueing is not installed';

interface Comparison {
  /** Octave statements that leave a row vector in `r`. */
  readonly program: string;
  readonly ours: readonly number[];
}

const ROUNDS = 200;
const random = randomNumbers(20_240);
const between = (low: number, high: number) => low + (high - low) * random();
const wholeBetween = (low: number, high: number) => Math.floor(between(low, high + 1));
/** Log-uniform: rates and times over several orders of magnitude. */
const spread = (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high)));
const vector = (values: readonly number[]) => `[${values.join(' ')}]`;

/** A stable station, with the rate μ as octave takes it. Its service time 1/μ is rounded once. */
function randomStation(most: number) {
  const servers = wholeBetween(1, most);
  const mu = spread(1e-3, 1e4);
  return { arrivalRate: between(0.05, 0.98) * servers * mu, serviceTime: 1 / mu, servers, mu };
}

const models: Readonly<Record<string, () => Comparison>> = {
  'Erlang B and C (erlangb, erlangc)': () => {
    const servers = wholeBetween(1, 150);
    const load = between(0.02, 0.98) * servers;
    return {
      program: `r = [erlangb(${load}, ${servers}) erlangc(${load}, ${servers})];`,
      ours: [estimated(erlangB(load, servers)), estimated(erlangC(load, servers))],
    };
  },
  'M/M/c (qsmmm)': () => {
    const s = randomStation(100);
    const state = estimated(multiServerQueue(s));
    return {
      program: `[U R Q X p0 pm] = qsmmm(${s.arrivalRate}, ${s.mu}, ${s.servers}); r = [U R Q p0 pm];`,
      ours: [state.utilization, state.meanTime, state.meanInSystem, estimated(emptyProbability(s)), state.waitProbability],
    };
  },
  'M/M/c/K (qsmmmk)': () => {
    // qsmmmk solves the linear equations of the chain: rates near 1, and no probability too small for such a solution's digits.
    const servers = wholeBetween(1, 20);
    const mu = between(0.5, 2);
    const s = { arrivalRate: between(0.6, 2) * servers * mu, serviceTime: 1 / mu, servers };
    const places = servers + wholeBetween(0, 30);
    const state = estimated(boundedQueue(s, places));
    return {
      program: `[U R Q X p0 pK] = qsmmmk(${s.arrivalRate}, ${mu}, ${servers}, ${places}); r = [U R Q X pK];`,
      ours: [state.utilization, state.meanTime, state.meanInSystem, state.throughput, state.lossProbability],
    };
  },
  'M/G/1 (qsmg1)': () => {
    const serviceTime = spread(1e-4, 10);
    const arrivalRate = between(0.02, 0.98) / serviceTime;
    const secondMoment = serviceTime ** 2 * between(1, 20);
    const state = estimated(generalServiceQueue({ arrivalRate, serviceTime, secondMoment }));
    return {
      program: `[U R Q X p0] = qsmg1(${arrivalRate}, ${serviceTime}, ${secondMoment}); r = [U R Q];`,
      ours: [state.utilization, state.meanTime, state.meanInSystem],
    };
  },
  'open Jackson networks (qnosvisits, qnos)': () => {
    const n = wholeBetween(1, 6);
    const probabilities = Array.from({ length: n }, () => {
      const weights = Array.from({ length: n + 1 }, () => random());
      const total = weights.reduce((a, b) => a + b, 0);
      return weights.slice(0, n).map((w) => w / total);
    });
    const arrivals = Array.from({ length: n }, () => between(0.1, 10));
    const servers = Array.from({ length: n }, () => wholeBetween(1, 8));
    const rates = estimated(trafficEquations({ arrivals, probabilities }));
    const stations = servers.map((c, i) => ({ servers: c, serviceTime: (c * between(0.05, 0.95)) / rates[i]! }));
    const state = estimated(openNetwork(stations, { arrivals, probabilities }));
    const matrix = `[${probabilities.map((row) => row.join(' ')).join('; ')}]`;
    const times = vector(stations.map((s) => s.serviceTime));
    return {
      program:
        `l = ${vector(arrivals)}; V = qnosvisits(${matrix}, l); ` +
        `[U R Q X] = qnos(sum(l), ${times}, V, ${vector(servers)}); r = [V U R Q X];`,
      ours: (['visits', 'utilization', 'meanTime', 'meanInSystem', 'rate'] as const).flatMap((key) => state.stations.map((s) => s[key])),
    };
  },
  'exact MVA and asymptotic bounds (qncsmva, qncsaba)': () => {
    const n = wholeBetween(1, 6);
    const stations = Array.from({ length: n }, () => ({ serviceTime: spread(1e-3, 1), visits: between(0.1, 20) }));
    const network = { stations, thinkTime: between(0, 30), population: wholeBetween(1, 300) };
    const [state, bounds] = [estimated(meanValueAnalysis(network)), estimated(bottleneckBounds(network))];
    const [times, visits] = [vector(stations.map((s) => s.serviceTime)), vector(stations.map((s) => s.visits))];
    const common = `${network.population}, ${times}, ${visits}, ones(1, ${n}), ${network.thinkTime}`;
    return {
      program: `[U R Q X] = qncsmva(${common}); [a b c d] = qncsaba(${common}); r = [U R Q X(1)/${stations[0]!.visits} a b c d];`,
      ours: [
        ...(['utilization', 'timePerVisit', 'queueLength'] as const).flatMap((key) => state.stations.map((s) => s[key])),
        state.throughput,
        ...[bounds.throughput.least, bounds.throughput.most, bounds.responseTime.least, bounds.responseTime.most],
      ],
    };
  },
  'exact MVA of several classes (qncmmva)': () => {
    const n = wholeBetween(1, 4);
    const classes = Array.from({ length: 2 }, () => {
      const demands = Array.from({ length: n }, () => spread(1e-3, 1));
      return { population: wholeBetween(1, 12), thinkTime: between(0, 30), demands, busiest: demands, background: demands.map(() => 0) };
    });
    const state = estimated(closedClasses({ classes, open: classes[0]?.demands.map(() => 0) ?? [] }));
    const matrix = `[${classes.map((c) => c.demands.join(' ')).join('; ')}]`;
    const [populations, thinking] = [vector(classes.map((c) => c.population)), vector(classes.map((c) => c.thinkTime))];
    return {
      program: `[U R Q X] = qncmmva(${populations}, ${matrix}, ones(2, ${n}), ones(1, ${n}), ${thinking}); r = [X(1, 1) X(2, 1) R(1, :) R(2, :)];`,
      ours: [
        ...state.classes.map((c) => c.throughput),
        ...state.classes.flatMap((c, k) => c.stretch.map((s, j) => s * (classes[k]?.demands[j] as number))),
      ],
    };
  },
};

describe(`equal to octave-queueing (M. Marzolla) within 10^−9${missing ? `: not run, ${missing} (apt-get install octave octave-queueing)` : ''}`, () => {
  it.skipIf(missing).each(Object.keys(models))(`%s, ${ROUNDS} random parameters`, (name) => {
    const comparisons = Array.from({ length: ROUNDS }, models[name] as () => Comparison);
    const output = run(['pkg load queueing', ...comparisons.map((c) => `${c.program} printf("%.17g ", r); printf("\\n");`)].join('\n'));
    expect(output.status, output.stderr).toBe(0);
    const rows = output.stdout.trimEnd().split('\n');
    expect(rows.length).toBe(ROUNDS);
    for (const [i, { program, ours }] of comparisons.entries()) {
      const theirs = rows[i]!.trim().split(' ').map(Number);
      expect(theirs.length).toBe(ours.length);
      for (const [k, value] of ours.entries()) {
        expect(Math.abs(value - theirs[k]!), `${program} value ${k + 1}: ${value}, octave ${theirs[k]}`).toBeLessThanOrEqual(
          1e-9 * Math.abs(theirs[k]!),
        );
      }
    }
  });
});
