import type { Span } from '@sysd/core';
import type { AstNode } from 'langium';
import type { Place } from './place.ts';

const MARKS = Symbol('marks');

/**
 * Where a node and its features stand in the text: what is kept instead of a concrete syntax tree. Both offsets are -1 while nothing of the
 * node has been read.
 */
export class Marks {
  readonly place: Place;
  start = -1;
  end = -1;
  /**
   * Name, start and end of each feature in text order; where its span has been asked for, the span stands in place of the start. A feature
   * that covers the whole node is left out.
   */
  private features: (string | number | Span)[] | undefined;
  private span: Span | undefined;

  constructor(place: Place) {
    this.place = place;
  }

  /** Of what has been read so far: the parser asks whether there is something. */
  get length(): number {
    return this.end - this.start;
  }

  extend(start: number, end: number): void {
    if (this.start < 0) this.start = start;
    this.end = end;
  }

  add(feature: string, start: number, end: number): void {
    // Most nodes have one or two: a list that begins with something has no room for sixteen more.
    if (this.features) this.features.push(feature, start, end);
    else this.features = [feature, start, end];
  }

  addAll(other: Marks): void {
    if (other.features) this.features = [...(this.features ?? []), ...other.features];
  }

  /** Nothing more follows. */
  close(): void {
    const { features } = this;
    if (!features) return;
    if (features[1] === this.start && features[2] === this.end) this.features = undefined;
    // A copy has no room for more.
    else if (features.length > 3) this.features = features.slice();
  }

  /** Span of the whole node; always the same object. */
  whole(): Span {
    this.span ??= { block: this.place, start: Math.max(0, this.start), end: Math.max(0, this.end) };
    return this.span;
  }

  /** Span of a feature, the last one where there are fewer than `index`; undefined where it covers the node or was not written. */
  feature(name: string, index: number): Span | undefined {
    const { features } = this;
    if (!features) return undefined;
    let found = -1;
    for (let i = 0, left = index; i < features.length && left >= 0; i += 3) {
      if (features[i] !== name) continue;
      found = i;
      left--;
    }
    if (found < 0) return undefined;
    const start = features[found + 1] as number | Span;
    if (typeof start !== 'number') return start;
    const span: Span = { block: this.place, start, end: features[found + 2] as number };
    features[found + 1] = span;
    return span;
  }
}

interface Marked {
  [MARKS]?: Marks;
}

export function mark(node: object, marks: Marks): void {
  (node as Marked)[MARKS] = marks;
}

/** Undefined for the inner parts of an infix expression. */
export function marksOf(node: AstNode): Marks | undefined {
  return (node as Marked)[MARKS];
}
