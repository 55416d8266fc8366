import type { BooleanDag } from './boolean-dag.ts';
import { fileOf, type Names, treeOf, usedEvents } from './open-psa.ts';

/** A fault tree of a model. */
export interface NamedTree {
  /** `Order`, `Order completion`. */
  readonly name: string;
  readonly title: string;
  readonly dag: BooleanDag;
  /** Probability of each event of the DAG where it is known. */
  readonly q: readonly (number | undefined)[];
}

/**
 * Several fault trees as one Open-PSA model: one tree each, named as its flow, its top gate `<name>`. An event has one definition
 * however many trees it stands in, under a name made of its id, and the id as its label. Names are unique and of letters, digits, `_`
 * and single inner `-`, as the format wants them.
 */
export function openPsaModel(trees: readonly NamedTree[]): string {
  const names = new UniqueNames();
  const defined = new Map<string, string>();
  const parts: string[] = [];
  for (const { name, title, dag, q } of trees) {
    const top = names.of(`tree ${name}`, name);
    const of: Names = {
      tree: top,
      top: names.of(`top ${name}`, `${name}-fails`),
      gate: (i) => names.of(`gate ${name} ${i}`, `${top}-g${i}`),
      event: (e) => names.of(`event ${dag.events[e]?.id}`, dag.events[e]?.id ?? ''),
      alternative: (choice, k) => names.of(`choice ${name} ${choice} ${k}`, `${top}-copy-${k + 1}-of-choice-${choice + 1}`),
    };
    const { tree, definitions } = treeOf(dag, q, title, of);
    parts.push(tree);
    for (const { key, text } of definitions) if (!defined.has(key)) defined.set(key, text);
  }
  return fileOf(parts, [...defined.values()]);
}

/** Ids of the events that a tree depends on and that have no probability. */
export function eventsWithoutValue({ dag, q }: NamedTree): string[] {
  return usedEvents(dag).flatMap((e) => (q[e] === undefined ? [dag.events[e]?.id ?? ''] : []));
}

class UniqueNames {
  readonly #byKey = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(key: string, wish: string): string {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const plain = wish.replaceAll(/[^A-Za-z0-9_]+/g, '-').replaceAll(/^-+|-+$/g, '');
    const base = /^[A-Za-z_]/.test(plain) ? plain : `n-${plain}`.replaceAll(/-+$/g, '');
    let name = base;
    // The format does not tell upper from lower case in names.
    for (let i = 2; this.#taken.has(name.toLowerCase()); i++) name = `${base}-${i}`;
    this.#taken.add(name.toLowerCase());
    this.#byKey.set(key, name);
    return name;
  }
}
