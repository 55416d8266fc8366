import type { FaultTree } from './fault-tree.ts';

/**
 * Whether each node fails when so many of each event class have failed (indexed like `events`, beyond what the scenario has failed).
 * The definition of the failure function (for some request), in one pass; failures of different classes of one group are taken to hit different members.
 */
export function evaluate(tree: FaultTree, failed: readonly number[]): boolean[] {
  const down = tree.events.map((e, i) => Math.min(e.count, e.failed + (failed[i] ?? 0)));
  const value: boolean[] = [];
  for (const { gate } of tree.nodes) {
    switch (gate.kind) {
      case 'never':
        value.push(false);
        break;
      case 'event':
        value.push((down[gate.event] ?? 0) > 0);
        break;
      case 'or':
      case 'oneof':
        value.push(gate.inputs.some((i) => value[i]));
        break;
      case 'and':
        value.push(gate.inputs.every((i) => value[i]));
        break;
      case 'atleast': {
        const lost = gate.groups.reduce(
          (n, g) =>
            n +
            (value[g.shared]
              ? g.count
              : Math.min(
                  g.count,
                  g.own.reduce((m, e) => m + (down[e] ?? 0), 0),
                )),
          0,
        );
        value.push(lost >= gate.least);
        break;
      }
    }
  }
  return value;
}
