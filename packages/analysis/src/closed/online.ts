import { COUNT, type Design, type ElementId, type Estimate, notEstimated, property } from '@sysd/core';
import { compute, leaf, propertyLeaf } from '../figure/make.ts';
import { grownBy, growthPerYear } from '../growth/compound.ts';

/**
 * How many of a client are online, a whole number: as written, times the traffic that is asked about, and what it has grown until the design's
 * horizon.
 * @param lacking why that is not known where it is not said
 */
export function usersOnline(design: Design, client: ElementId, lacking: string): Estimate {
  const component = design.components.get(client);
  const online = component && property(component.properties, 'online');
  if (!online) return notEstimated(lacking);
  const said = propertyLeaf(`${client}.online`, online);
  const more = design.traffic === undefined ? [] : [leaf('traffic', design.traffic, COUNT)];
  const growth = growthPerYear(component);
  const grown = growth && design.horizon ? [grownBy(client, growth, design.horizon)] : [];
  const inputs = [said, ...more, ...grown];
  if (inputs.length === 1 && Number.isInteger(said.value)) return said;
  const formula = `online${more.length > 0 ? ' × traffic' : ''}${grown.length > 0 ? ` × growth of ${client}` : ''}, to a whole number`;
  return compute(`${client} online`, formula, inputs, COUNT, (...factors) => Math.round(factors.reduce((n, factor) => n * factor, 1)));
}
