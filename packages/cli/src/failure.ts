import { effectsOf, statesOf } from '@sysd/analysis';
import { absolute, type Design, type Diagnostic, type FlowEffect, type FlowState } from '@sysd/core';
import { type Assessment, assess } from '@sysd/language';

/** What failures make of a flow, and the state that it has without them. */
export interface FlowUnderFailure extends FlowEffect {
  readonly without: FlowState;
}

/** A design with what has failed in it (by its scenario, or by arguments), against the same without. */
export interface DesignUnderFailure {
  readonly design: Design;
  readonly flows: readonly FlowUnderFailure[];
  /** Findings that the design without the failure does not have. */
  readonly findings: readonly Diagnostic[];
}

/** Compares a design in which something has failed with itself before. */
export function underFailure({ design, findings }: Assessment): DesignUnderFailure {
  const whole: Design = { ...design, failed: [] };
  const known = new Set(assess(whole).findings.map(about));
  const before = new Map(statesOf(whole).map((e) => [key(e), e.state]));
  return {
    design,
    flows: effectsOf(design).map((e) => ({ ...e, without: before.get(key(e)) ?? 'unaffected' })),
    findings: findings.filter((d) => d.accepted === undefined && !known.has(about(d))),
  };
}

const key = (e: FlowEffect): string => `${e.flow} ${e.completion}`;

/** What a finding is about; its words depend on how much is left. */
function about({ rule, element, span }: Diagnostic): string {
  const { uri, start } = absolute(span);
  return `${rule} ${element} ${uri} ${start}`;
}

/** Whether the flow is down or overloaded now, and was in a better state before. */
export const isWorse = ({ state, without }: FlowUnderFailure): boolean =>
  (state === 'fails' && without !== 'fails') || (state === 'overloaded' && without !== 'fails' && without !== 'overloaded');

/** Whether it is down or overloaded, but not because of the failure. */
export const isAlreadySo = (e: FlowUnderFailure): boolean => (e.state === 'fails' || e.state === 'overloaded') && !isWorse(e);
