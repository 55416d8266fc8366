import { toldEffects } from '@sysd/analysis';
import {
  type Component,
  type Design,
  type FailTarget,
  type FlowEffect,
  formatRatio,
  instanceCount,
  isFigure,
  targetText,
  valueIn,
} from '@sysd/core';
import type { DiagramModel } from '@sysd/diagram';
import { type DownElement, type FlowVerdict, MOST_FAILED, type PlaceTarget, type PreviewFailures } from '../protocol.ts';
import type { Evaluated } from './evaluated.ts';

const LONGEST = 300;

/** What a client asks to have failed: whatever it sent, no more than is sensible. */
export function readFailed(given: unknown): string[] | undefined {
  if (!Array.isArray(given)) return undefined;
  return given.filter((text): text is string => typeof text === 'string' && text.length <= LONGEST).slice(0, MOST_FAILED);
}

/** The answer in words, for the panel beside the drawing. */
export function failuresInWords({ asked, overlay, before }: Evaluated, model: DiagramModel): PreviewFailures {
  const { design } = asked;
  return {
    down: [
      ...before.map((one) => ({ ...downElement(design, targetText(one), [one]), byScenario: true })),
      ...[...asked.found].map(([text, targets]) => downElement(design, text, targets)),
    ],
    dropped: asked.missing.map(({ text, reason }) => ({ target: text, reason })),
    flows: toldEffects(overlay?.flows ?? []).map((effect) => verdict(design, effect, model)),
    places: placeTargets(design, before),
  };
}

function downElement(design: Design, target: string, targets: readonly FailTarget[]): DownElement {
  const [first] = targets;
  const component = design.components.get(first?.element ?? '');
  const element = first?.element ?? target;
  if (!first || !component || targets.length > 1) {
    const kind = design.places.get(element)?.kind;
    return { target, element, label: targets.length === 1 && kind ? `${kind} ${element}` : target };
  }
  const usual = choicesOf(component);
  const known = usual.find((c) => c.target === target);
  const label = known?.label ?? extent(component, first);
  const choices = known ? usual : [{ target, label }, ...usual];
  return { target, element, label: choices.length > 1 ? `${element}: ${label}` : element, ...(choices.length > 1 ? { choices } : {}) };
}

/** How much of a component can fail: all of it, one instance, all but one; where it has copies, one of these. */
function choicesOf(component: Component): { readonly target: string; readonly label: string }[] {
  const { id, copies } = component;
  const total = instanceCount(component);
  const places = copies.length > 1 ? copies.flatMap((c) => c.place ?? []) : [];
  const divisible = copies.length === 1 && valueIn(component.properties, 'managed') !== 'yes' && component.kind !== 'external';
  const some = divisible ? [...new Set([1, total - 1])].filter((n) => n > 0 && n < total) : [];
  return [
    { target: id, label: total > 1 ? `all ${total} instances` : 'all of it' },
    ...some.map((n) => ({ target: `${id} ${n}`, label: `${n} of ${total} instances` })),
    ...places.map((place) => ({ target: `${id}@${place}`, label: `the copy in ${place}` })),
  ];
}

/** What is none of the choices: a number of instances, in one copy or in each. */
function extent({ copies }: Component, { copy, instances }: FailTarget): string {
  const number = instances === undefined ? 'all' : `${instances} instance${instances === 1 ? '' : 's'}`;
  return `${number}${copy !== undefined ? ` of the copy in ${copy}` : copies.length > 1 ? ' of each copy' : ''}`;
}

function placeTargets(design: Design, before: readonly FailTarget[]): PlaceTarget[] {
  const named = new Set(design.failed.map((f) => f.element));
  const given = new Set(before.map((f) => f.element));
  return [...design.places.values()].map(({ id, kind, region }) => ({
    target: id,
    label: id,
    kind,
    down: named.has(id) || (region !== undefined && named.has(region)),
    ...(given.has(id) || (region !== undefined && given.has(region)) ? { byScenario: true } : {}),
  }));
}

function verdict(design: Design, { flow, completion, state, share, reasons, chain, path }: FlowEffect, model: DiagramModel): FlowVerdict {
  const onPath = new Set(path);
  return {
    flow,
    completion,
    label: `${design.flows.get(flow)?.title ?? flow}${completion ? ', completion' : ''}`,
    state,
    ...(share
      ? { share: isFigure(share) ? shareInWords(share.value) : `some requests; how many is not estimated: ${share.notEstimated}` }
      : {}),
    reasons,
    chain: chain.map(({ element, text }) => ({ element, text })),
    edges: model.edges.filter((e) => e.flows.includes(flow) && e.connections.some((id) => onPath.has(id))).map((e) => e.id),
  };
}

const shareInWords = (share: number): string => (share >= 1 ? 'every request' : `${formatRatio(share)} of the requests`);
