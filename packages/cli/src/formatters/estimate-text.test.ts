import { lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { estimateAnswer } from '../estimate-answer.ts';
import { estimateText } from './estimate-text.ts';

it('says why a number is missing once, also where one reason adds to another', () => {
  const { design } = lowerText('system S\nclient users\nservice api\nflow F from users at 10/s {\n  users -> api\n}\n');
  const text = estimateText({ ...estimateAnswer(design), latency: { flows: [] } }, { explain: false });
  const reasons = text.slice(text.indexOf('Not estimated')).trim().split('\n').slice(1);
  expect(reasons).toEqual(['  api has no cpu-time and no capacity']);
});
