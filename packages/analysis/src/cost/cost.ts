import {
  type Analysis,
  COUNT,
  type Component,
  type ComponentCost,
  type Cost,
  combine,
  DATA,
  type Design,
  type Dimension,
  type Estimate,
  EUR,
  type Figure,
  instanceCount,
  isCount,
  isFigure,
  MONTH,
  notEstimated,
  property,
  type Quantity,
  sameDimension,
  shardCount,
  TIME,
  USD,
} from '@sysd/core';
import { leaf, product, sum } from '../figure/make.ts';
import { sentOnAverage } from './transfer.ts';

const A_MONTH = leaf('a month', MONTH, TIME);
const CURRENCIES: readonly Dimension[] = [USD, EUR];

/**
 * What a design costs in a month of 30 days: the price of each component times its nodes, or times what is used of it: bytes held, bytes
 * sent, requests. Only prices that are said (`cost`, of the author or of the technology) are in the sums; nothing stands in for one.
 */
export function costOf(design: Design, analysis: Pick<Analysis, 'traffic' | 'storage'>): Cost {
  const priced = [...design.components.values()].flatMap((component) => {
    const perMonth = costOfComponent(design, analysis, component);
    return perMonth ? [{ component: component.id, perMonth }] : [];
  });
  const totals = CURRENCIES.flatMap((currency): Figure[] => {
    const parts = priced.flatMap(({ component, perMonth }) =>
      isFigure(perMonth) && sameDimension(perMonth.dimension, currency) ? [{ name: component, value: perMonth }] : [],
    );
    const total = sum('cost a month', parts, currency, 'nothing has a price');
    return isFigure(total) ? [total] : [];
  });
  const components = priced.map((one): ComponentCost => {
    const { perMonth } = one;
    const total = isFigure(perMonth) ? totals.find((t) => sameDimension(t.dimension, perMonth.dimension)) : undefined;
    return isFigure(perMonth) && total && total.value > 0 ? { ...one, share: perMonth.value / total.value } : one;
  });
  const names = new Set(priced.map((p) => p.component));
  const unpriced = [...design.components.values()].flatMap((c) => (c.kind === 'client' || names.has(c.id) ? [] : [c.id]));
  return { components, totals, unpriced };
}

/** Undefined where the component has no price. */
function costOfComponent(
  design: Design,
  { traffic, storage }: Pick<Analysis, 'traffic' | 'storage'>,
  component: Component,
): Estimate | undefined {
  const { id } = component;
  const price = property(component.properties, 'cost');
  if (!price) return undefined;
  const { amount, perNode, per } = price.value;
  const label = `cost of ${id} a month`;
  const perTime = amount.dimension.time === -1;
  const unit = priceOf(amount, per);
  const priceLeaf = leaf(`${id}.cost`, unit.value, unit.dimension, price);
  const currency = amount.dimension.usd ? USD : EUR;
  if (amount.value === 0) return { value: 0, dimension: currency, label, formula: 'it costs nothing', inputs: [priceLeaf] };
  if (per && per.value === 0) return notEstimated(`${id}.cost is per nothing (${price.text})`);
  const times = (formula: string, inputs: readonly Estimate[] = []) => product(label, formula, [priceLeaf, ...inputs, A_MONTH]);
  // `2 USD per 1 h` is `2 USD/h`.
  if (isPerTime(unit.dimension))
    return perNode ? times('price × nodes × a month', [nodesOf(component, traffic)]) : times('price × a month');
  if (!perNode && per && sameDimension(per.dimension, DATA))
    return perTime
      ? times('price × bytes held, all copies × a month', [
          storage.stores.get(id)?.retainedWithCopies ?? notEstimated(`${id} stores nothing that is estimated`),
        ])
      : times('price × bytes sent on average × a month', [sentOnAverage(design, traffic, id)]);
  if (!perNode && per && isCount(per.dimension) && !perTime)
    return times('price × requests on average × a month', [
      traffic.components.get(id)?.total.average ?? notEstimated(`no flow reaches ${id}`),
    ]);
  return notEstimated(
    `${id}.cost (${price.text}) is a price of nothing that is counted: say it per time (120 USD/month), per node (120 USD/month per node), or by use (0.02 USD/month per 1 GB held, 0.09 USD per 1 GB sent, 0.4 USD per 1M requests)`,
  );
}

/** Price of one: of a byte, a request or a second. */
function priceOf(amount: Quantity, per: Quantity | undefined): { value: number; dimension: Dimension } {
  if (!per) return amount;
  return { value: amount.value / per.value, dimension: combine(amount.dimension, per.dimension, -1) };
}

const isPerTime = (dimension: Dimension): boolean => CURRENCIES.some((currency) => sameDimension(dimension, { ...currency, time: -1 }));

/** Machines that are paid: all that are declared, also those that have failed or stand by; of what scales by itself those that the peak runs. */
function nodesOf(component: Component, traffic: Analysis['traffic']): Estimate {
  const { id, properties, copies } = component;
  const nodes = property(properties, 'nodes');
  if (nodes) return leaf(`${id}.nodes`, nodes.value.value * Math.max(1, copies.length), COUNT, nodes);
  const load = traffic.components.get(id);
  const autoscale = property(properties, 'autoscale');
  if (autoscale && property(properties, 'mode')?.value !== 'active-passive')
    return load && isFigure(load.utilization)
      ? leaf(`instances of ${id} at peak (autoscale)`, load.replicas, COUNT, autoscale)
      : notEstimated(
          `how many instances of ${id} run is not known: ${load && !isFigure(load.utilization) ? load.utilization.notEstimated : 'it has no load'}`,
        );
  return leaf(`instances of ${id}`, instanceCount(component) * shardCount(component), COUNT, property(properties, 'replicas'));
}
