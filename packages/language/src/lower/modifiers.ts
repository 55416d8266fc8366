import { type Consistency, dimensionName, isCount, meantPercentage, type Quantity } from '@sysd/core';
import type { Modifier } from '../generated/ast.ts';
import { type At, spanFrom, spanOf, spanOfPart, suggestion } from './context.ts';
import { meantMiss } from './meant-modifiers.ts';
import { eitherFix } from './meant-values.ts';
import { offsetsOf } from './spans.ts';
import type { StepsInput } from './steps-input.ts';

/** What stands behind the targets of a step. */
export interface Modifiers {
  when?: Quantity;
  times?: Quantity;
  max?: Quantity;
  miss?: At<Modifier & { $type: 'OnMiss' }>;
  optional: boolean;
  requires?: Consistency;
}

const CONSISTENCIES: readonly Consistency[] = ['strong', 'read-your-writes', 'eventual'];

/** Reads the modifiers of a step. Reports what does not fit, and what is given twice. */
export function readModifiers(input: StepsInput, nodes: readonly Modifier[]): Modifiers {
  const { context, values, file } = input;
  const modifiers: Modifiers = { optional: false };
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node.$type)) context.report('invalid-step', spanOf(node), 'this modifier is given twice in the step');
    seen.add(node.$type);
    switch (node.$type) {
      case 'When':
      case 'Times':
      case 'Max': {
        const miss = node.$type === 'When' ? meantMiss(input.scope, file, node) : undefined;
        if (miss) {
          context.report('invalid-step', miss.span, miss.message, { fixes: eitherFix(miss.span, miss.meant) });
          break;
        }
        const expression = node.$type === 'When' ? node.share : node.count;
        const value = expression && values.expression(file, expression);
        if (!value) break;
        const problem = modifierProblem(node.$type, value);
        if (problem)
          context.report(isCount(value.dimension) ? 'invalid-step' : 'unit-mismatch', spanFrom(node, offsetsOf(expression)), problem);
        else if (node.$type === 'When') modifiers.when = value;
        else if (node.$type === 'Times') modifiers.times = value;
        else modifiers.max = value;
        break;
      }
      case 'OnMiss':
        modifiers.miss = { node, file };
        break;
      case 'Optional':
        modifiers.optional = true;
        break;
      case 'Requires': {
        if (node.level === undefined) break;
        const level = CONSISTENCIES.find((c) => c === node.level);
        if (level) modifiers.requires = level;
        else {
          const span = spanOfPart(node, 'level');
          const near = suggestion(node.level, CONSISTENCIES, span);
          context.report(
            'invalid-value',
            span,
            `a step requires ${CONSISTENCIES.join(', ')}; found ${node.level}${near.text}`,
            near.fixes ? { fixes: near.fixes } : {},
          );
        }
      }
    }
  }
  checkMax(input, nodes, modifiers);
  return modifiers;
}

/** The largest of some numbers needs their average beside it, and is no less. */
function checkMax({ context }: StepsInput, nodes: readonly Modifier[], modifiers: Modifiers): void {
  const node = nodes.find((n) => n.$type === 'Max');
  const { times, max } = modifiers;
  if (!node || !max) return;
  const span = node.count ? spanFrom(node, offsetsOf(node.count)) : spanOf(node);
  if (!nodes.some((n) => n.$type === 'Times')) {
    const example = `times 200 max ${max.text ?? max.value}`;
    context.report('invalid-step', spanOf(node), `max is the largest number of repetitions; rates need their average too: ${example}`);
    delete modifiers.max;
  } else if (times && max.value < times.value) {
    context.report(
      'invalid-step',
      span,
      `max ${max.text ?? max.value} is less than times ${times.text ?? times.value}: the largest of some numbers is no less than their average`,
    );
    delete modifiers.max;
  }
}

const MODIFIER_WORD = { When: 'when', Times: 'times', Max: 'max' } as const;

function modifierProblem(type: 'When' | 'Times' | 'Max', value: Quantity): string | undefined {
  const word = MODIFIER_WORD[type];
  if (!isCount(value.dimension)) {
    return `${word} takes ${type === 'When' ? 'a share, such as 10%' : 'a number, such as 200'}; ${value.text} is ${dimensionName(value.dimension)}`;
  }
  if (value.value < 0) return `${word} takes no negative number: ${value.text}`;
  if (type === 'When' && value.value > 1) {
    const percentage = meantPercentage(value);
    const share = percentage === undefined ? '' : `for that share of the requests say when ${percentage}, `;
    return `when takes a share of at most 100%; ${share}for more than once per request say times ${value.text}`;
  }
  return undefined;
}
