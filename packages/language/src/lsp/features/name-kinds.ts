import type { DesignState } from '../session/design-state.ts';
import type { NameKinds } from './semantic-tokens.ts';

type TokenType = NameKinds extends ReadonlyMap<string, infer T> ? T : never;

const TYPE_OF: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ['component', 'variable'],
  ['region', 'enumMember'],
  ['zone', 'enumMember'],
  ['group', 'namespace'],
  ['flow', 'event'],
  ['let', 'variable'],
  ['table', 'struct'],
  ['query', 'struct'],
]);

const made = new WeakMap<DesignState, NameKinds>();

/** Colours of the names that a design declares, made once for each state. */
export function nameKinds(state: DesignState | undefined): NameKinds {
  if (!state) return new Map();
  const known = made.get(state);
  if (known) return known;
  const kinds = new Map<string, TokenType>();
  for (const one of state.symbols.all) {
    const type = one.declaration ? TYPE_OF.get(one.kind) : undefined;
    if (type) kinds.set(one.element, type);
  }
  made.set(state, kinds);
  return kinds;
}
