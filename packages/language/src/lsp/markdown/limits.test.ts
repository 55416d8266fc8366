import { expect, it } from 'vitest';
import { assess } from '../../assess.ts';
import { lowerText } from '../../lower-text.ts';
import { elementText } from './elements.ts';

const { design } = lowerText(`system S
client users { peak: 1x }
service api { replicas: 10, cores: 4, cpu-time: 10 ms }
database db: postgres { latency: 20 ms, disk: 1 TB
  table a { row: 1 KB, retention: 5 day }
}
queue q { replicas: 2, bandwidth: 1 Gbps }
worker w { cores: 1, cpu-time: 10 ms }
api -> db { pool: 4 }
flow F from users at 80/s {
  users -> api
  api -> db write a
  api ~> q publish 1 KB
  q ~> w
}
`);
const text = (id: string) => elementText(design, assess(design), id) ?? '';

it('shows what a component can hold beside its work for the CPU, as far as it is known', () => {
  expect(text('db')).toContain('- connections to one server: 40 of 100; works best with about 9');
  // 80/s × 1 KB × 5 days = 34.56 GB of 800 GB.
  expect(text('db')).toContain('- disk of a machine: 34.6 GB of 800 GB that may be used, 4.3 %');
  expect(text('q')).toContain(
    '- network of the busiest instance at peak: in 80 KB/s (640 Kbit/s), out 80 KB/s (640 Kbit/s); 0.064 % of its bandwidth',
  );
  expect(text('q')).toContain('- after an outage of w of 10 min at peak: 48 k messages wait, worked off in 40 min');
  expect(text('w')).not.toContain('disk');
});

it('shows how full a pool is', () => {
  // 8/s at each of ten × 20 ms.
  expect(text('api->db')).toContain('of a pool of 4, 0.16 are busy at peak; 40 connections to one server');
});

it('shows what is known behind a queue without latency', () => {
  const { design: queued } = lowerText(`system S
client users { peak: 1x }
queue q
worker w { latency: p50 1 ms p99 1 ms }
worker v
flow F from users at 1/s {
  users ~> q publish
  q ~> w
}
flow G from users at 1/s {
  users ~> q publish
  q ~> v
}
`);
  const of = (id: string) => elementText(queued, assess(queued), id) ?? '';
  expect(of('F')).toContain('- from q on: p50 1.25 ms, p95 1.25 ms, p99 1.25 ms; mean 1.25 ms');
  expect(of('G')).toContain('- from q on: not estimated: v has no latency and no cpu-time');
});

it('shows what a full queue refuses, and which calls come after their timeout', () => {
  const full = lowerText(`system S
client users { peak: 1x }
service api { latency: p50 1 ms p99 1 ms }
database db { latency: 100 ms }
queue q { latency: p50 1 ms p99 1 ms, max-length: 2 }
worker w { cores: 4, cpu-time: 100 ms }
api -> db { timeout: 200 ms }
flow F from users at 50/s {
  users -> api -> db
  api ~> q publish
  q ~> w
}
`).design;
  const of = (id: string) => elementText(full, assess(full), id) ?? '';
  expect(of('q')).toContain('2 messages wait; refused at peak: 29.4 %');
  expect(of('F')).toContain('exceeds its timeout of 200 ms in 13.6 % of the calls: what that cuts off is not counted');
});
