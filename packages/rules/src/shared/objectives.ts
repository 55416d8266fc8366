import type { Flow, Objective } from '@sysd/core';

/** How soon a flow must work again (`rto`), or of how long its writes may be lost (`rpo`): the strictest that it says. */
export function recoveryObjective(flow: Flow, metric: Objective['metric']): Objective | undefined {
  return flow.objectives
    .filter((o) => o.metric === metric)
    .reduce<Objective | undefined>((least, o) => (least === undefined || o.bound.value < least.bound.value ? o : least), undefined);
}
