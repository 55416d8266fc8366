import type { Component, ElementId, Group, Place } from '@sysd/core';
import { type Context, contentOf } from './context.ts';
import type { Overrides } from './overrides.ts';
import type { Scope } from './scope.ts';
import type { Values } from './values.ts';

/** Elements lowered before, as a unit asks for them. */
export type Elements<T> = Pick<ReadonlyMap<ElementId, T>, 'get' | 'has'>;

/** What lowering a unit needs. */
export interface LowerInput {
  readonly context: Context;
  readonly scope: Scope;
  readonly values: Values;
  readonly overrides: Overrides;
  readonly places: Elements<Place>;
  readonly groups: Elements<Group>;
  readonly components: Elements<Component>;
}

/** A map of elements that records what is asked of it. */
export function recorded<T>(context: Context, elements: ReadonlyMap<ElementId, T>): Elements<T> {
  return {
    get(id) {
      context.read(contentOf(id));
      return elements.get(id);
    },
    has(id) {
      context.read(contentOf(id));
      return elements.has(id);
    },
  };
}
