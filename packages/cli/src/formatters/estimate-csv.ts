import { type Estimate, formatQuantity, isFigure } from '@sysd/core';
import { csv } from '../csv.ts';
import type { EstimateAnswer } from '../estimate-answer.ts';
import { originText } from './derivation.ts';
import { estimateFigures } from './estimate-figures.ts';
import { baseUnit } from './numbers.ts';

/** Every figure of the designs as a row, in base units. One that is not estimated has no value, and its derivation says what it lacks. */
export function estimateCsv(answers: readonly EstimateAnswer[]): string {
  const rows = answers.flatMap((answer) =>
    estimateFigures(answer).map(({ element, quantity, estimate }) =>
      isFigure(estimate)
        ? [
            element,
            quantity,
            estimate.value,
            baseUnit(estimate.dimension),
            derivation(estimate),
            answer.design.id,
            answer.design.scenario ?? '',
          ]
        : [element, quantity, '', '', derivation(estimate), answer.design.id, answer.design.scenario ?? ''],
    ),
  );
  return csv([['element', 'quantity', 'value', 'unit', 'derivation', 'system', 'scenario'], ...rows]);
}

/** The formula with its inputs, or where the number was declared. */
function derivation(estimate: Estimate): string {
  if (!isFigure(estimate)) return `not estimated: ${estimate.notEstimated.replace(/^not estimated: /, '')}`;
  const { formula, inputs = [], text = '', origin } = estimate;
  if (formula === undefined) return `${text}${originText(origin)}`.trim();
  const of = [...new Set(inputs.map((i) => `${i.label}: ${i.text ?? formatQuantity(i.value, i.dimension, 6)}`))];
  return of.length > 0 ? `${formula} (${of.join('; ')})` : formula;
}
