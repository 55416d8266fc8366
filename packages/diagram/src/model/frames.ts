import type { Design, ElementId, Place } from '@sysd/core';
import { ancestors, type Collapse } from './collapse.ts';
import { type DiagramFrame, type FindingCounts, NO_FINDINGS } from './diagram-model.ts';
import { commonLocation, type Location, locationOf } from './placement.ts';

export interface Frames {
  /** Outer before inner; only frames that hold something. */
  readonly frames: readonly DiagramFrame[];
  readonly frameOf: (card: ElementId) => ElementId | undefined;
}

/**
 * The author's groups, around or inside the places. A card in a group stands in the group's frame. A group, or a card without one,
 * stands in the zone or region that holds all its instances; what is spread over several regions stands outside them.
 */
export function buildFrames(design: Design, collapse: Collapse, findings: ReadonlyMap<ElementId, FindingCounts>): Frames {
  const locations = new Map([...design.components.values()].map((c) => [c.id, locationOf(c, design)]));
  const inGroup = new Map<ElementId, Location[]>();
  for (const component of design.components.values()) {
    for (const group of ancestors(component.group, design)) {
      const list = inGroup.get(group) ?? [];
      list.push(locations.get(component.id) ?? { placed: false });
      inGroup.set(group, list);
    }
  }
  const parents = new Map<ElementId, ElementId | undefined>();
  const used = new Set<ElementId>();
  const use = (id: ElementId | undefined): ElementId | undefined => {
    for (let at = id; at !== undefined && !used.has(at); at = parents.get(at)) used.add(at);
    return id;
  };
  for (const place of design.places.values()) parents.set(place.id, place.kind === 'zone' ? place.region : undefined);
  for (const group of design.groups.values()) {
    const outer = ancestors(group.parent, design).find((id) => id !== group.id);
    const location = commonLocation(inGroup.get(group.id) ?? []);
    parents.set(group.id, outer ?? location.zone ?? location.region);
  }

  const frameByCard = new Map<ElementId, ElementId | undefined>();
  for (const component of design.components.values()) {
    const card = collapse.cardOf.get(component.id) ?? component.id;
    const location = locations.get(component.id);
    const frame = collapse.collapsed.has(card)
      ? parents.get(card)
      : (ancestors(component.group, design)[0] ?? location?.zone ?? location?.region);
    frameByCard.set(card, use(frame));
  }
  const all = [...places(design), ...groups(design)].filter((f) => used.has(f.id));
  const depth = (id: ElementId | undefined, seen = 0): number =>
    id === undefined || seen > all.length ? 0 : 1 + depth(parents.get(id), seen + 1);
  const frames = all
    .map((frame): DiagramFrame => {
      const parent = parents.get(frame.id);
      return { ...frame, ...(parent === undefined ? {} : { parent }), findings: findings.get(frame.id) ?? NO_FINDINGS };
    })
    .map((frame, order) => ({ frame, order, depth: depth(frame.id) }))
    .sort((a, b) => a.depth - b.depth || a.order - b.order)
    .map(({ frame }) => frame);
  return { frames, frameOf: (card) => frameByCard.get(card) };
}

type Titled = Pick<DiagramFrame, 'id' | 'kind' | 'name' | 'detail' | 'target'>;

function places(design: Design): Titled[] {
  return [...design.places.values()].map((place) => ({
    id: place.id,
    kind: place.kind,
    name: place.title ?? place.id,
    detail: placeDetail(place),
    target: place.id,
  }));
}

function placeDetail(place: Place): string {
  if (place.kind === 'zone' || place.zones.length === 0) return place.kind;
  const names = place.zones.map((z) => (z.startsWith(`${place.id}.`) ? z.slice(place.id.length + 1) : z));
  return `region · zone${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}

function groups(design: Design): Titled[] {
  return [...design.groups.values()].map((group) => ({
    id: group.id,
    kind: 'group',
    name: group.title ?? group.id,
    ...(group.across.length > 0 ? { detail: `one copy in each of ${group.across.join(', ')}` } : {}),
  }));
}
