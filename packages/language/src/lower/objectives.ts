import { dimensionName, isCount, meantPercentage, type Objective, type Quantity, sameDimension, TIME } from '@sysd/core';
import type { Flow as FlowNode, Property as PropertyNode } from '../generated/ast.ts';
import { declaredProperties } from './bags.ts';
import { type At, type Context, replaceFix, spanFrom, spanOf } from './context.ts';
import { offsetsOf, sourceText } from './spans.ts';
import type { Values } from './values.ts';

interface SloValue {
  readonly completion?: true;
  readonly metric: Objective['metric'];
  readonly relation: Objective['relation'];
  readonly bound: Quantity;
}

const WHAT: Readonly<Record<Objective['metric'], string>> = {
  availability: 'a share of time such as 99.9%',
  p50: 'a time such as 200 ms',
  p95: 'a time such as 200 ms',
  p99: 'a time such as 200 ms',
  rto: 'a time such as 15 min',
  rpo: 'a time such as 1 min',
};

const isRecovery = (metric: Objective['metric']): boolean => metric === 'rto' || metric === 'rpo';

/** The objectives that a flow declares; what cannot be one is reported and left out. */
export function objectivesOf(context: Context, values: Values, at: At<FlowNode>): Objective[] {
  const objectives: Objective[] = [];
  for (const node of declaredProperties(at.node).get('slo') ?? []) {
    const matched = values.match({ node, file: at.file }, 'slo');
    for (const slo of (matched?.value ?? []) as readonly SloValue[]) {
      if (isFaulty(context, node, slo)) continue;
      objectives.push({
        completion: slo.completion === true,
        metric: slo.metric,
        relation: slo.relation,
        bound: slo.bound,
        span: spanOf(node),
      });
    }
  }
  return objectives;
}

/** Reports what makes it no objective. */
function isFaulty(context: Context, node: PropertyNode, slo: SloValue): boolean {
  const { metric, bound } = slo;
  const span = bound.span ?? spanOf(node);
  const due = metric === 'availability' ? isCount(bound.dimension) : sameDimension(bound.dimension, TIME);
  if (!due) {
    context.report('unit-mismatch', span, `${metric} is ${WHAT[metric]}; ${bound.text} is ${dimensionName(bound.dimension)}`);
    return true;
  }
  // An availability the wrong way round is for the rule objective-missed, which knows what the flow comes to.
  if (metric !== 'availability' && slo.relation === '>=') {
    context.report('invalid-value', span, `${metric} is a time at most: write ${metric} <= ${bound.text}`, relationFix(node, slo));
    return true;
  }
  if (isRecovery(metric) && slo.completion) {
    const why = `${metric} is of the flow as a whole, its answer and what goes on after it`;
    context.report('invalid-value', span, `${why}: write ${metric} <= ${bound.text}, without completion`);
    return true;
  }
  if (metric !== 'availability' || bound.value <= 1) return false;
  const percentage = meantPercentage(bound);
  const message = `availability is a share of the time, at most 100%; ${bound.text} is more`;
  if (percentage === undefined) context.report('invalid-value', span, message);
  else
    context.report('invalid-value', span, `${message}. Did you mean ${percentage}?`, {
      fixes: [replaceFix(`Change to ${percentage}`, span, percentage)],
    });
  return true;
}

/** Turns the relation round, where it stands right before its bound. */
function relationFix(node: PropertyNode, { relation, bound }: SloValue): Parameters<Context['report']>[3] {
  if (bound.span === undefined) return {};
  const { start } = offsetsOf(node);
  const at = sourceText(node, { start, end: bound.span.start }).lastIndexOf(relation);
  if (at < 0) return {};
  const span = spanFrom(node, { start: start + at, end: start + at + relation.length });
  return { fixes: [replaceFix('Change to <=', span, '<=')] };
}
