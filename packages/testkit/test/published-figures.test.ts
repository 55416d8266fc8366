// Figures that others have published, from designs that say their inputs.
import { analyse } from '@sysd/analysis';
import { type Analysis, type Design, known } from '@sysd/core';
import { lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';

interface Answer {
  readonly design: Design;
  readonly analysis: Analysis;
  /** Value of a constant, in base units. */
  readonly constant: (name: string) => number | undefined;
}

function answerOf(text: string): Answer {
  const lowered = lowerText(`system S\n${text}`);
  expect(lowered.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const design = lowered.design as Design;
  return { design, analysis: analyse(design), constant: (name) => design.lets.find((l) => l.id === name)?.value?.value };
}

/** Value within a relative tolerance; what is exact is exact to the last digits of a double. */
function near(actual: number | undefined, expected: number, relative = 1e-12): void {
  expect(actual).toBeDefined();
  expect(Math.abs((actual as number) - expected) / expected, `${actual} against ${expected}`).toBeLessThanOrEqual(relative);
}

describe('a widely read estimate of Twitter', () => {
  const { analysis, constant } = answerOf(`
let photo = 2 MB
let printed-a-day = 1G * 1000 B + 500M * photo
client users { daily-active: 100M }
service api
database tweets { table tweet { key: tweet_id, row: 200 * 2 B } }
blobstore photos
flow Post from users at 10/day each {
  users -> api
  api -> tweets write tweet
  api -> photos write photo when 10%
}
flow Read from users at 1000/day each {
  users -> api
  api -> tweets read tweet
}`);
  const average = (flow: string) => known(analysis.traffic.flows.get(flow)?.demand.average);

  it('a billion writes and a hundred billion reads a day, and what they are a second', () => {
    near((average('Post') as number) * 86_400, 1e9);
    near((average('Read') as number) * 86_400, 1e11);
    near(average('Post'), 11_574.074, 1e-6);
    near(average('Read'), 1_157_407.407, 1e-6);
    near(known(analysis.traffic.components.get('api')?.total.average), 1_168_981.481, 1e-6);
  });

  it('0.4 TB of text and 200 TB of photos a day from the stated inputs, not the printed petabyte', () => {
    const perDay = (id: string) => known(analysis.storage.entries.find((e) => e.element === id)?.perDay);
    near(perDay('tweets.tweet'), 0.4e12);
    near(perDay('photos'), 200e12);
    near(known(analysis.storage.durable.perDay), 200.4e12);
  });

  it('its petabyte comes out of the rounded inputs that it goes on with', () => {
    near(constant('printed-a-day'), 1.001e15);
  });
});

describe('sizes of servers', () => {
  it.each([
    ['the article: 25 servers of 4 cores, full', 25, 1],
    ['at 70 %: 143 cores, 36 servers', 36, 0.7],
  ])('10,000 requests a second of 10 ms: %s', (_, servers, target) => {
    const { analysis, constant } = answerOf(`
let cores = ceil(Serve * 10 ms / ${target})
client users { peak: 1x }
service api { cores: 4, cpu-time: 10 ms, max-utilization: ${target * 100}%, replicas: 1 }
flow Serve from users at 10k/s {
  users -> api
}`);
    expect(known(analysis.traffic.components.get('api')?.replicasNeeded)).toBe(servers);
    expect(constant('cores')).toBe(target === 1 ? 100 : 143);
  });

  it.each([
    ['10k', 10],
    ['100k', 100],
  ])('a thousand users an instance: %s users take %d', (users, instances) => {
    const { constant } = answerOf(`let users = ${users}\nlet instances = ceil(users / 1000)`);
    expect(constant('instances')).toBe(instances);
  });

  it('weights of 5, 3 and 2 are halves, three tenths and a fifth', () => {
    const { analysis } = answerOf(`
client users { peak: 1x }
loadbalancer lb
service a
service b
service c
flow F from users at 100/s {
  users -> lb
  lb -> a 50% | b 30% | c 20%
}`);
    for (const [id, rate] of [
      ['a', 50],
      ['b', 30],
      ['c', 20],
    ] as const)
      near(known(analysis.traffic.components.get(id)?.total.average), rate);
  });

  it("Little's law: 1,000 a second of 50 ms are 50 at once", () => {
    near(answerOf('let arrivals = 1000 / 1 s\nlet at-once = arrivals * 50 ms').constant('at-once'), 50);
  });

  it('two replicas at 60 % each: one left would run at 120 % (Azure Well-Architected, redundancy)', () => {
    const text = `
client users { peak: 1x }
loadbalancer lb
service api { capacity: 100/s, replicas: 2, health: tcp }
flow F from users at 120/s {
  users -> lb -> api
}
scenario "One down" { fail api 1 }`;
    near(known(answerOf(text).analysis.traffic.components.get('api')?.utilization), 0.6);
    const down = lowerText(`system S\n${text}`, { scenario: 'One down' }).design as Design;
    near(known(analyse(down).traffic.components.get('api')?.utilization), 1.2);
  });
});

// donnemartin/system-design-primer reckons with 2.5 million seconds in a month, sysd with 30 days: its figures are 3.7 % above.
describe('the system design primer (solutions of Twitter and of a query cache, CC BY 4.0)', () => {
  const MONTH = 2.592 / 2.5 - 1;

  it('15 billion tweets a month: 6,000 a second; their deliveries to ten followers: 60,000', () => {
    const { analysis, constant } = answerOf(`
let deliveries-a-month = Tweet * 10 * 1 month
client users { peak: 1x }
service write
worker fanout
queue tweets
flow Tweet from users at 15G/month {
  users -> write
  write ~> tweets publish 1 KB
  tweets ~> fanout times 10
}`);
    near(known(analysis.traffic.flows.get('Tweet')?.demand.average), 6000, MONTH);
    near(known(analysis.traffic.components.get('fanout')?.total.average), 60_000, MONTH);
    near(constant('deliveries-a-month'), 150e9);
  });

  it('10 billion queries a month: 4,000 a second, and 2.7 TB of entries of 270 bytes', () => {
    const { analysis, constant } = answerOf(`
let entry = 50 B + 20 B + 200 B
let kept-a-month = Search * 1 month * entry
client users { peak: 1x }
service api
flow Search from users at 10G/month {
  users -> api
}`);
    near(known(analysis.traffic.flows.get('Search')?.demand.average), 4000, MONTH);
    near(constant('entry'), 270);
    near(constant('kept-a-month'), 2.7e12);
  });
});

describe('Alex Xu, System Design Interview, chapter 2', () => {
  const { analysis, constant } = answerOf(`
let monthly-active = 300M
let daily = monthly-active * 50%
let media-a-day = Tweet * 1 day * 10% * 1 MB
client users { daily-active: daily, peak: 2x }
service api
blobstore media { retention: 5 year }
flow Tweet from users at 2/day each {
  users -> api
  api -> media write 1 MB when 10%
}`);

  it('150 million users a day, 3,500 tweets a second, 7,000 at peak', () => {
    near(constant('daily'), 150e6);
    near(known(analysis.traffic.flows.get('Tweet')?.demand.average), 3472.22, 1e-5);
    near(known(analysis.traffic.flows.get('Tweet')?.demand.peak), 6944.44, 1e-5);
  });

  it('30 TB of media a day, 55 PB in five years', () => {
    near(constant('media-a-day'), 30e12);
    near(known(analysis.storage.entries.find((e) => e.element === 'media')?.perDay), 30e12);
    near(known(analysis.storage.entries.find((e) => e.element === 'media')?.retained), 54.75e15);
  });
});

it('a million records of a kilobyte a second, kept a week in three copies: 86.4 TB a day, 605 TB, 1.8 PB (published Kafka sizings)', () => {
  const { analysis } = answerOf(`
client devices { peak: 1x }
stream events { replicas: 3, retention: 7 day }
flow Record from devices at 1M/s {
  devices ~> events publish 1 KB
}`);
  const events = analysis.storage.entries.find((e) => e.element === 'events');
  near(known(events?.perDay), 86.4e12);
  near(known(events?.retained), 604.8e12);
  near(known(events?.retainedWithCopies), 1814.4e12);
});
