// Users who think between two requests: published models, written as designs.
import { analyse, latencyOf, loadedDesign } from '@sysd/analysis';
import { type ClosedLoad, type Design, type Estimate, known } from '@sysd/core';
import { lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';

function answerOf(text: string) {
  const lowered = lowerText(`system S\n${text}`);
  expect(lowered.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const design = lowered.design as Design;
  const { traffic } = analyse(design);
  const closed = (client = 'users') => traffic.closed.get(client) as ClosedLoad;
  const value = (estimate: Estimate | undefined) => known(estimate) ?? JSON.stringify(estimate);
  return {
    design,
    traffic,
    closed,
    x: (client?: string) => value(closed(client).throughput),
    r: (client?: string) => value(closed(client).responseTime),
    utilization: (id: string) => value(traffic.components.get(id)?.utilization),
    rate: (id: string) => value(traffic.components.get(id)?.total.average),
  };
}

/** Jain, The Art of Computer Systems Performance Analysis, examples 33.6 and 34.2: a CPU and two disks, S = 0.125, 0.3, 0.2 s, V = 16, 10, 5. */
const jain = (users: string) =>
  answerOf(`
client users { online: ${users}, think-time: 4 s }
service cpu { cores: 1, cpu-time: 125 ms }
service disk-a { cores: 1, cpu-time: 300 ms }
service disk-b { cores: 1, cpu-time: 200 ms }
flow Work from users {
  users -> cpu times 16
  users -> disk-a times 10
  users -> disk-b times 5
}`);

describe('Jain, example 34.2', () => {
  it('throughput and response time of 1 to 20 users', () => {
    for (const [users, x, r] of [
      [1, 0.1, 6],
      [2, 0.1754386, 7.4],
      [3, 0.22922252, 9.0877193],
      [5, 0.28975185, 13.256145],
      [10, 0.32819324, 26.469854],
      [20, 0.33324651, 56.015632],
    ] as const) {
      const answer = jain(`${users}`);
      expect(answer.x()).toBeCloseTo(x, 6);
      expect(answer.r()).toBeCloseTo(r, 4);
    }
  });

  it('the rate is the one that everything uses; times of a visit; users from which they queue', () => {
    const { traffic, design, closed, utilization, rate } = jain('20');
    expect(known(traffic.flows.get('Work')?.demand.peak)).toBe(known(closed().throughput));
    expect(rate('cpu')).toBeCloseTo(16 * 0.33324651, 6);
    expect(utilization('disk-a')).toBeCloseTo(3 * 0.33324651, 7);
    expect(utilization('disk-a')).toBeLessThan(1);
    const perVisit = (id: string) => (known(closed().times.get(id)?.alone) ?? 0) + (known(closed().times.get(id)?.wait) ?? 0);
    // R per visit, mva-jain: 0.373, 4.854, 0.3.
    expect([perVisit('cpu'), perVisit('disk-a'), perVisit('disk-b')].map((r) => r.toFixed(3))).toEqual(['0.373', '4.854', '0.300']);
    expect(known(closed().saturation)).toBeCloseTo(10 / 3, 9);
    expect(closed().bottleneck).toBe('disk-a');
    expect(known(latencyOf(design, loadedDesign(design)).flows[0]?.mean)).toBeCloseTo(56.015632, 4);
  });

  it('a billion users: the bound 1 ÷ Dmax, and N ÷ X − Z', () => {
    const { x, r, utilization } = jain('1G');
    expect(x()).toBeCloseTo(1 / 3, 8);
    expect((r() as number) / (3e9 - 4)).toBeCloseTo(1, 6);
    expect(utilization('disk-a')).toBeLessThan(1);
    expect(jain('0').x()).toBe(0);
    expect(jain('1e300').closed().throughput).toHaveProperty('notEstimated');
  });
});

it('two stations of 0.5 and 1 s, Z = 1 s, two users: X = 2/3, R = 2 s (course notes SENG533)', () => {
  const { x, r } = answerOf(
    `
client users { online: 2, think-time: 1 s }
service a { cores: 1, cpu-time: 0.5 s }
service b { cores: 1, cpu-time: 1 s }
flow Work from users {
  users -> a
  a -> b
}
region here { round-trip: 0 ms in zone }
`
      .replace('service a {', 'service a { replicas: 1 in here,')
      .replace('service b {', 'service b { replicas: 1 in here,'),
  );
  expect(x()).toBeCloseTo(2 / 3, 9);
  expect(r()).toBeCloseTo(2, 9);
});

// By the recursion of mean value analysis: R = 4.055, then 4.4013, then 4.7998 s.
it('Lazowska and others, Quantitative System Performance, chapter 6: demands of 0.605, 2.1 and 1.35 s, Z = 15 s, three users: 0.152/s', () => {
  const { x, r } = answerOf(`
client users { online: 3, think-time: 15 s }
service cpu   { cores: 1, cpu-time: 5 ms }
service disk1 { cores: 1, cpu-time: 30 ms }
service disk2 { cores: 1, cpu-time: 27 ms }
flow Work from users {
  users -> cpu times 121
  users -> disk1 times 70
  users -> disk2 times 50
}`);
  expect(x()).toBeCloseTo(0.1515, 4);
  expect(r()).toBeCloseTo(4.7998, 4);
});

// Two disks instead of one leave the CPU as the bottleneck, which fills them to 75 %: no number of instances follows from the utilisation of one.
it('how many instances users who think need is not estimated', () => {
  const { traffic } = jain('20');
  const { replicasAtFull, replicasNeeded } = traffic.components.get('disk-a') ?? {};
  for (const needed of [replicasAtFull, replicasNeeded]) {
    expect(needed).toEqual({ notEstimated: 'users who think fill disk-a, however many it has' });
  }
});

describe('what users wait for', () => {
  const shop = (clients: string, flows: string, api = 'cores: 1, cpu-time: 100 ms') =>
    answerOf(
      `${clients}\nservice api { ${api} }\nqueue jobs { latency: 10 ms }\nworker mailer { cores: 1, cpu-time: 400 ms }\nscheduler cron\n${flows}`,
    );

  it('not what lies behind a broker, which is loaded all the same', () => {
    const { x, r, utilization } = shop(
      'client users { online: 1, think-time: 1 s }',
      'flow F from users {\n  users -> api\n  users ~> jobs publish 1 KB\n  jobs ~> mailer\n}',
    );
    // A broker that is a place away from nobody: the network of a client is not counted.
    expect(r()).toBeCloseTo(0.11, 9);
    expect(x()).toBeCloseTo(1 / 1.11, 9);
    expect(utilization('mailer')).toBeCloseTo(0.4 / 1.11, 9);
  });

  it('a flow that follows at the same client is run by the same users, each with its think time', () => {
    const { x, r, rate } = shop(
      'client users { online: 1, think-time: 2 s }',
      'flow F from users {\n  users -> api\n}\nflow G from users at F * 50% {\n  users -> api times 2\n}\nflow H from cron at F {\n  cron -> mailer\n}',
    );
    // A cycle: 0.1 s, and half of 0.2 s; one and a half times 2 s of thinking.
    expect(r()).toBeCloseTo(0.2, 9);
    expect(x()).toBeCloseTo(1 / 3.2, 9);
    expect(rate('mailer')).toBeCloseTo(1 / 3.2, 9);
  });

  it('what follows and loads the same component takes of what is left for them', () => {
    const { x, utilization } = shop(
      'client users { online: 100, think-time: 0 s }',
      'flow F from users {\n  users -> api\n}\nflow H from cron at F {\n  cron -> api\n}',
    );
    // Each run leaves as much work behind as it takes: full at half of 10/s.
    expect(x()).toBeCloseTo(5, 1);
    expect(utilization('api')).toBeLessThan(1);
  });

  it('open traffic of half the capacity leaves half of it', () => {
    const { x } = shop(
      'client users { online: 50, think-time: 0 s }\nclient others { peak: 1x }',
      'flow F from users {\n  users -> api\n}\nflow G from others at 5/s {\n  others -> api\n}',
    );
    expect(x()).toBeCloseTo(5, 9);
    const full = shop(
      'client users { online: 50, think-time: 0 s }\nclient others { peak: 1x }',
      'flow F from users {\n  users -> api\n}\nflow G from others at 12/s {\n  others -> api\n}',
    );
    expect(full.x()).toContain('api is over capacity by its other flows alone (120 % at peak)');
  });

  it('work that others leave behind may fill what users wait for, and slows down nobody else', () => {
    const both = (online: number) =>
      shop(
        `client users { online: 2, think-time: 1 s }\nclient robots { online: ${online}, think-time: 1 s }`,
        'flow F from users {\n  users -> api\n}\nflow G from robots {\n  robots ~> api\n}',
      );
    expect(both(5).x('robots')).toBeCloseTo(5, 9);
    expect(both(5).utilization('api')).toBeCloseTo(0.1 * (5 + (both(5).x() as number)), 9);
    expect(both(50).x()).toContain('api is over capacity by what users leave behind');
  });

  it('users who meet nowhere know nothing of one another', () => {
    const apart = shop(
      'client users { online: 1, think-time: 1 s }\nclient robots { think-time: 1 s }',
      'flow F from users {\n  users -> api\n}\nflow G from robots {\n  robots -> mailer\n}',
    );
    expect(apart.x()).toBeCloseTo(1 / 1.1, 9);
    expect(apart.x('robots')).toContain('does not say how many are online');
    const together = shop(
      'client users { online: 1, think-time: 1 s }\nclient robots { think-time: 1 s }',
      'flow F from users {\n  users -> api\n}\nflow G from robots {\n  robots -> mailer -> api\n}',
    );
    expect(together.x()).toContain('robots has a think-time but does not say how many are online');
  });

  it('says what is lacking', () => {
    const client = 'client users { online: 5, think-time: 1 s }';
    expect(shop(client, 'flow F from users {\n  users -> api\n}', '').x()).toContain('api has no cpu-time and no capacity');
    expect(shop('client users { think-time: 1 s }', 'flow F from users {\n  users -> api\n}').x()).toContain(
      'does not say how many are online',
    );
    expect(shop(client, 'flow F from users {\n  parallel {\n    users -> api\n    users -> mailer\n  }\n}').x()).toContain('in parallel');
  });
});
