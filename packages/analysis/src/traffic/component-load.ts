import { type Component, type ComponentLoad, type Design, type Estimate, isWrite, RATE, type Rate } from '@sysd/core';
import { timeOfGreatest } from '../day/curve.ts';
import { nameThen, peakSum } from '../day/peak.ts';
import { named, sum } from '../figure/make.ts';
import { replicatesWrites } from '../scenario/roles.ts';
import { sumBytes } from './bytes.ts';
import type { Contribution } from './contributions.ts';
import type { ComponentBytes } from './flow-bytes.ts';
import { peakParts, sizeAtPeak } from './peak-load.ts';
import { type Sizing, sizeSpread } from './sizing.ts';
import { sizeStore } from './store-sizing.ts';

/** Total of some contributions to a component, on average and at peak. */
export function totalRate(what: string, parts: readonly Contribution[], none: string): Rate {
  const one = (which: 'average' | 'peak'): Estimate => {
    const label = `${which} rate of ${what}`;
    const only = parts[0];
    if (parts.length === 1 && only) return named(label, nameOf(only, which), only.rate[which]);
    if (which === 'peak') return peakSum(label, peakParts(parts), RATE, none);
    return sum(
      label,
      parts.map((p) => ({ name: p.name, value: p.rate[which] })),
      RATE,
      none,
    );
  };
  return { average: one('average'), peak: one('peak') };
}

const nameOf = ({ name, profile }: Contribution, which: 'average' | 'peak'): string =>
  profile && which === 'peak' ? nameThen(name, profile, timeOfGreatest(profile)) : name;

/** How big a component must be for what reaches it, when it is loaded most. */
export function sizeOf(design: Design, component: Component, parts: readonly Contribution[]): Sizing {
  return sizeAtPeak(component, parts, (component, parts) => {
    const peak = totalRate(component.id, parts, `no flow reaches ${component.id}`).peak;
    return replicatesWrites(component) ? sizeStore(design, component, peak, parts) : sizeSpread(design, component, peak, parts);
  });
}

/** Rate of the parts with some operation: truly zero where flows reach the component, but none with that operation. */
function shareOfLoad(label: string, some: readonly Contribution[], all: readonly Contribution[], none: string): Rate {
  if (some.length > 0 || all.length === 0) return totalRate(label, some, none);
  const zero = { value: 0, dimension: RATE, label, formula: 'no step does this' };
  return { average: zero, peak: zero };
}

export function loadOf(
  component: Component,
  parts: readonly Contribution[],
  size: Sizing,
  bytes: readonly ComponentBytes[],
): ComponentLoad {
  const id = component.id;
  const none = `no flow reaches ${id}`;
  const reads = parts.filter((p) => p.operation === 'read');
  const writes = parts.filter((p) => isWrite(p.operation) || p.operation === 'publish');
  const partsOf = (direction: ComponentBytes['direction']) => bytes.flatMap((b) => (b.direction === direction ? [b.part] : []));
  const noBytes = parts.length === 0 ? none : `${id} is only looked up: its bytes are not counted`;
  return {
    component: id,
    total: totalRate(id, parts, none),
    reads: shareOfLoad(`reads of ${id}`, reads, parts, none),
    writes: shareOfLoad(`writes of ${id}`, writes, parts, none),
    ...size,
    ingress: sumBytes(`bytes into ${id} at peak`, partsOf('in'), noBytes),
    egress: sumBytes(`bytes out of ${id} at peak`, partsOf('out'), noBytes),
  };
}
