import { expect, it } from 'vitest';
import { assess } from '../../assess.ts';
import { lowerText } from '../../lower-text.ts';
import { elementText } from './elements.ts';

const { design } = lowerText(`system S
client users { daily-active: 10M }
service api { cores: 4, cpu-time: 10 ms, replicas: 20 }
database db: postgres
flow F from users at 10/day each {
  users -> api
  api -> db read 1 KB
}
`);
const assessment = assess(design);
const text = (id: string) => elementText(design, assessment, id) ?? '';

it('shows the figures and how they come about before the properties, each part once', () => {
  const api = text('api');
  expect(api.indexOf('**Utilisation**')).toBeGreaterThan(api.indexOf('**Peak rate**'));
  expect(api.indexOf('**Properties**')).toBeGreaterThan(api.indexOf('**Utilisation**'));
  expect(api.split('`10/day`')).toHaveLength(2);
  expect(api).toContain('peak rate of api: `2.3148 k/s` (see above)');
});

it('shows ratios as percentages, in one style', () => {
  // 10 M × 10/day × 2 = 2314.8/s, on 20 machines of 400/s each.
  expect(text('api')).toContain('- utilisation at peak: 28.9 %');
  expect(text('api')).toContain('utilisation of api at peak: `28.9 %`');
  expect(text('api')).toMatch(/ at 70 %, /);
});

it('calls numbers without a source a guess, not words, ports and images', () => {
  const db = text('db');
  expect(db).toContain('- `port: 5432` *(from postgres)*');
  expect(db).toContain('- `model: relational` *(from postgres)*');
  expect(db).toMatch(/- `image: "postgres:17"` \*\(from postgres\)\*/);
  const own = lowerText('system S\ntechnology mine: service { cpu-time: 10 ms, port: 80 }\nservice api: mine\n').design;
  expect(elementText(own, undefined, 'api')).toContain('- `cpu-time: 10 ms` *(from mine: a guess, no source)*');
  expect(elementText(own, undefined, 'mine')).toContain('- `port: 80`\n'.trim());
});
