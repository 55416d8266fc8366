import type { Component, ElementId, Span } from '@sysd/core';
import { suggestion } from './context.ts';
import { stampOf } from './groups.ts';
import type { StepsInput } from './steps-input.ts';

/** A component that a step names, with the copy of `lb@eu`. */
export interface Named {
  readonly component: Component;
  readonly copy?: ElementId;
}

/** A component, or `lb@eu`: its copy there. */
export function nameOf(input: StepsInput, text: string, span: Span): Named | undefined {
  const { context, scope, components, groups, file } = input;
  const [name = '', copy] = text.split('@');
  const nameSpan = copy === undefined ? span : { ...span, end: span.start + name.length };
  const found = scope.resolve(name, file, nameSpan, ['component'], 'a component');
  const component = found && components.get(found.id);
  if (!component) return undefined;
  if (copy === undefined) return { component };
  const copySpan = { ...span, start: span.start + name.length + 1 };
  const places = stampOf(groups, component.group)?.across ?? [];
  if (!places.includes(copy)) {
    const near = suggestion(copy, places, copySpan);
    const what =
      places.length === 0 ? `${name} has no copies: it stands in no group with across` : `${name} has copies in ${places.join(', ')}`;
    context.report(
      'invalid-placement',
      copySpan,
      `there is no copy of ${name} in ${copy}: ${what}`,
      near.fixes ? { fixes: near.fixes } : {},
    );
    return { component };
  }
  context.refer(copySpan, copy);
  return { component, copy };
}
