// Estimates of books and course notes, as the designs that their inputs describe. Where a publication rounds on the way, the test says so.
import { analyse, costOf } from '@sysd/analysis';
import { type Analysis, type Cost, type Design, known } from '@sysd/core';
import { lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';

interface Answer {
  readonly analysis: Analysis;
  readonly cost: Cost;
  readonly constant: (name: string) => number | undefined;
  readonly rate: (flow: string, which?: 'average' | 'peak') => number | undefined;
  readonly into: (component: string) => number | undefined;
  readonly stored: (element: string, what: 'perDay' | 'retained') => number | undefined;
}

function answerOf(text: string): Answer {
  const lowered = lowerText(`system S\n${text}`);
  expect(lowered.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const design = lowered.design as Design;
  const analysis = analyse(design);
  const { traffic, storage } = analysis;
  return {
    analysis,
    cost: costOf(design, analysis),
    constant: (name) => design.lets.find((l) => l.id === name)?.value?.value,
    rate: (flow, which = 'average') => known(traffic.flows.get(flow)?.demand[which]),
    into: (component) => known(traffic.components.get(component)?.total.average),
    stored: (element, what) => known(storage.entries.find((e) => e.element === element)?.[what]),
  };
}

function near(actual: number | undefined, expected: number, relative = 1e-9): void {
  expect(actual).toBeDefined();
  expect(Math.abs((actual as number) - expected) / expected, `${actual} against ${expected}`).toBeLessThanOrEqual(relative);
}

// It reckons with 2.5 million seconds in a month, and rounds: 3.86/s are "4 writes per second".
describe('donnemartin/system-design-primer, solutions (CC BY 4.0)', () => {
  const ROUNDED = 0.04;

  it('Pastebin: 1.27 KB a paste, 12.7 GB a month, 450 GB in 3 years, 4 writes and 40 reads a second, 360 million links', () => {
    const { constant, rate, stored } = answerOf(`
let paste = 1 KB + 7 B + 4 B + 5 B + 255 B
let links = Write * 36 month
client users { peak: 1x }
service web
database pastes { table paste { key: shortlink, row: paste, retention: 36 month } }
flow Write from users at 10M/month {
  users -> web -> pastes write paste
}
flow Read from users at Write * 10 {
  users -> web -> pastes read paste
}`);
    near(constant('paste'), 1270, 1e-3);
    near((stored('pastes.paste', 'perDay') as number) * 30, 12.7e9, 1e-3);
    near(stored('pastes.paste', 'retained'), 450e9, 0.02);
    near(rate('Write'), 4, ROUNDED);
    near(rate('Read'), 40, ROUNDED);
    near(constant('links'), 360e6);
  });

  it('Mint: 5 billion transactions of 50 bytes a month: 250 GB, 9 TB in 3 years, 2,000 a second, 200 reads', () => {
    const { rate, stored } = answerOf(`
client users { peak: 1x }
database ledger { table transaction { key: id, row: 5 B + 25 B + 15 B + 5 B, retention: 36 month } }
flow Record from users at 5G/month {
  users -> ledger write transaction
}
flow Read from users at Record / 10 {
  users -> ledger read transaction
}`);
    near((stored('ledger.transaction', 'perDay') as number) * 30, 250e9);
    near(stored('ledger.transaction', 'retained'), 9e12);
    near(rate('Record'), 2000, ROUNDED);
    near(rate('Read'), 200, ROUNDED);
  });

  it("Amazon's sales rank: a billion transactions of 40 bytes a month: 40 GB, 1.44 TB in 3 years, 400 a second, 40,000 reads", () => {
    const { rate, stored } = answerOf(`
client users { peak: 1x }
database sales { table sale { key: id, row: 40 B, retention: 36 month } }
flow Sell from users at 1G/month {
  users -> sales write sale
}
flow Rank from users at 100G/month {
  users -> sales read sale
}`);
    near((stored('sales.sale', 'perDay') as number) * 30, 40e9);
    near(stored('sales.sale', 'retained'), 1.44e12);
    near(rate('Sell'), 400, ROUNDED);
    near(rate('Rank'), 40_000, ROUNDED);
  });

  it('Web crawler: 4 billion pages of 500 KB a month: 2 PB, 72 PB in 3 years, 1,600 a second, 40,000 searches', () => {
    const { rate, stored } = answerOf(`
scheduler crawl { peak: 1x }
client users { peak: 1x }
service crawler
service search
blobstore pages { retention: 36 month }
flow Crawl from crawl at 4G/month {
  crawl -> crawler -> pages write 500 KB
}
flow Search from users at 100G/month {
  users -> search
}`);
    near((stored('pages', 'perDay') as number) * 30, 2e15);
    near(stored('pages', 'retained'), 72e15);
    near(rate('Crawl'), 1600, ROUNDED);
    near(rate('Search'), 40_000, ROUNDED);
  });

  it('Scaling to millions of users on AWS: a billion writes of 1 KB a month: 1 TB, 36 TB in 3 years; social graph: 5 billion friendships', () => {
    const { constant, rate, stored } = answerOf(`
let friendships = 100M * 50
client users { peak: 1x }
database data { table row { key: id, row: 1 KB, retention: 36 month } }
flow Write from users at 1G/month {
  users -> data write row
}
flow Read from users at Write * 100 {
  users -> data read 1 KB
}`);
    near((stored('data.row', 'perDay') as number) * 30, 1e12);
    near(stored('data.row', 'retained'), 36e12);
    near(rate('Write'), 400, ROUNDED);
    near(rate('Read'), 40_000, ROUNDED);
    near(constant('friendships'), 5e9);
  });
});

describe('Alex Xu, System Design Interview', () => {
  it('URL shortener: 1,160 a second, 11,600 redirects, 365 billion records in ten years; of 100 bytes these are 36.5 TB, not the printed 365', () => {
    const { constant, rate, stored } = answerOf(`
let records = Shorten * 10 year
client users { peak: 1x }
service api
database urls { table url { key: id, row: 100 B, retention: 10 year } }
flow Shorten from users at 100M/day {
  users -> api -> urls write url
}
flow Redirect from users at Shorten * 10 {
  users -> api -> urls read url
}`);
    near(rate('Shorten'), 1160, 5e-3);
    near(rate('Redirect'), 11_600, 5e-3);
    near(constant('records'), 365e9);
    near(stored('urls.url', 'retained'), 36.5e12);
  });

  it('Web crawler: a billion pages a month: 400 a second, 800 at peak, 500 TB a month, 30 PB in five years', () => {
    const { rate, stored } = answerOf(`
scheduler crawl { peak: 2x }
worker crawler
blobstore pages { retention: 60 month }
flow Crawl from crawl at 1G/month {
  crawl -> crawler -> pages write 500 KB
}`);
    near(rate('Crawl'), 400, 0.04);
    near(rate('Crawl', 'peak'), 800, 0.04);
    near((stored('pages', 'perDay') as number) * 30, 500e12);
    near(stored('pages', 'retained'), 30e15);
  });

  it('YouTube: 5 million users, a tenth of whom upload 300 MB: 150 TB a day; 5 videos each cost 150,000 dollars a day', () => {
    const { cost, stored } = answerOf(`
client viewers { daily-active: 5M, peak: 1x }
service api
blobstore videos
cdn edge { cost: 0.02 USD per 1 GB }
flow Upload from viewers at 1/day each {
  viewers -> api when 10%
  api -> videos write 300 MB
}
flow Watch from viewers at 5/day each {
  viewers -> edge read 300 MB
}`);
    near(stored('videos', 'perDay'), 150e12);
    near((cost.totals[0]?.value as number) / 30, 150_000);
  });

  it('Google Drive: 500 PB for 50 million users; 10 million a day upload twice: 240 a second, 480 at peak', () => {
    const { constant, rate } = answerOf(`
let space = 50M * 10 GB
client users { daily-active: 10M, peak: 2x }
service api
flow Upload from users at 2/day each {
  users -> api
}`);
    near(constant('space'), 500e15);
    near(rate('Upload'), 240, 0.04);
    near(rate('Upload', 'peak'), 480, 0.04);
  });

  it('Search autocomplete: 24,000 queries a second, 48,000 at peak, 0.4 GB of new data a day', () => {
    const { into, rate, stored } = answerOf(`
client users { daily-active: 10M, peak: 2x }
service suggest
database queries { table query { key: text, row: 20 B } }
flow Search from users at 10/day each {
  users -> suggest times 20
  users -> queries write query when 20%
}`);
    near(into('suggest'), 24_000, 0.04);
    near((rate('Search', 'peak') as number) * 20, 48_000, 0.04);
    near(stored('queries.query', 'perDay'), 0.4e9);
  });

  it('Chat: a million connections of 10 KB are 10 GB', () => {
    near(answerOf('let held = 1M * 10 KB').constant('held'), 10e9);
  });

  it('Volume 2, nearby friends: 10 million every 30 s: 334,000 updates a second, 14 million forwarded', () => {
    const { analysis, rate } = answerOf(`
client phones { peak: 1x }
service sockets
stream updates
worker forward
flow Update from phones at 10M / 30 s {
  phones -> sockets
  sockets -> updates publish 100 B
  updates ~> forward times 400 * 10%
}`);
    near(rate('Update'), 334_000, 3e-3);
    near(known(analysis.traffic.components.get('forward')?.total.average), 14e6, 0.05);
  });

  it('Volume 2, clicks of ads: 10,000 a second, 50,000 at peak, 100 GB a day, 3 TB a month', () => {
    // It reckons with 100,000 seconds in a day.
    const DAY = 100_000 / 86_400 - 1 + 1e-9;
    const { rate, stored } = answerOf(`
client users { daily-active: 1G, peak: 5x }
service log
database clicks { table click { key: id, row: 0.1 KB, retention: 1 month } }
flow Click from users at 1/day each {
  users -> log -> clicks write click
}`);
    near(rate('Click'), 10_000, DAY);
    near(rate('Click', 'peak'), 50_000, DAY);
    near(stored('clicks.click', 'perDay'), 100e9);
    near(stored('clicks.click', 'retained'), 3e12);
  });

  it('Volume 2, hotels, stock exchange and wallet: 3 reservations and 300 views a second; 43,000 and 215,000 orders; 2,000 nodes', () => {
    const { analysis, rate } = answerOf(`
client guests { peak: 1x }
client traders { peak: 5x }
service site
service exchange
service node { capacity: 1000/s, max-utilization: 100% }
flow Reserve from guests at 1M * 70% / 3 day {
  guests -> site
}
flow View from guests at Reserve * 10 * 10 {
  guests -> site
}
flow Order from traders at 1G / 6.5 h {
  traders -> exchange
}
flow Transfer from guests at 1M/s {
  guests -> node times 2
}`);
    near(rate('Reserve'), 3, 0.11);
    near(rate('View'), 300, 0.11);
    near(rate('Order'), 43_000, 0.01);
    near(rate('Order', 'peak'), 215_000, 0.01);
    expect(known(analysis.traffic.components.get('node')?.replicasNeeded)).toBe(2000);
  });
});

it("Jeff Dean's numbers as published in the system-design-primer add up: 30 thumbnails of 256 KB, 560 ms one after another, 18 ms at once", () => {
  // His talk's example (Designs, Lessons and Advice from Building Large Distributed Systems, LADIS 2009): a seek of 10 ms and 30 MB/s for each.
  const { constant } = answerOf(`
let one = 10 ms + 256 KB / (30 MB / 1 s)
let serial = 30 * one`);
  near(constant('serial'), 0.56, 1e-2);
  near(constant('one'), 0.018, 0.04);
});

describe('Grokking the System Design Interview (Design Gurus)', () => {
  it('Messenger: 20 billion messages of 100 bytes a day: 2 TB, 3.6 PB in five years; 500 million connections at 50,000 each: 10,000 servers', () => {
    const { analysis, rate, stored } = answerOf(`
client users { daily-active: 500M, online: 500M, peak: 1x }
gateway chat { replicas: 100, connections: 50k, protocol: websocket }
database history { table message { key: id, row: 100 B, retention: 5 year } }
flow Send from users at 40/day each {
  users -> chat
  chat -> history write message
}`);
    near((rate('Send') as number) * 86_400, 20e9);
    near(stored('history.message', 'perDay'), 2e12);
    near(stored('history.message', 'retained'), 3.65e15);
    expect(known(analysis.limits.get('chat')?.sessions?.needed)).toBe(10_000);
  });

  it('Instagram: 2 million photos of 200 KB a day: 23 a second, 400 GB, in ten years 1,425 TB of 1,024 GB each', () => {
    const { rate, stored } = answerOf(`
client users { daily-active: 1M }
blobstore photos { retention: 10 year }
flow Upload from users at 2/day each {
  users -> photos write 200 KB
}`);
    near(rate('Upload'), 23, 0.01);
    near(stored('photos', 'perDay'), 400e9);
    near((stored('photos', 'retained') as number) / 1e9 / 1024, 1425, 1e-3);
  });

  // It rounds 193/s to 200 and so 19,300 to 20,000.
  it('TinyURL: 500 million a month, read a hundred times: 200 and 20,000 a second, 15 TB in five years; a fifth of a day is 170 GB', () => {
    const { constant, rate, stored } = answerOf(`
let cached = Redirect * 1 day * 20% * 500 B
client users
database urls { table url { key: short, row: 500 B, retention: 5 year } }
flow Shorten from users at 500M/month {
  users -> urls write url
}
flow Redirect from users at Shorten * 100 {
  users -> urls read url
}`);
    near(rate('Shorten'), 200, 0.04);
    near(rate('Redirect'), 20_000, 0.04);
    near(stored('urls.url', 'retained'), 15e12, 0.02);
    near(constant('cached'), 170e9, 0.02);
  });
});
