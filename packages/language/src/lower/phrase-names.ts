import type { Name, NameRole, Phrase } from '@sysd/core';

/** Calls back for every name in a matched value, with its role. Alternatives of a choice hold no names that need to be resolved. */
export function namesIn(phrase: Phrase, value: unknown, visit: (role: NameRole, name: Name) => void): void {
  switch (phrase.kind) {
    case 'name':
      visit(phrase.role, value as Name);
      return;
    case 'call': {
      const { function: word, arguments: names } = value as { function: string; arguments: readonly Name[] };
      for (const name of names) visit(word === 'directory' ? 'component' : phrase.role, name);
      return;
    }
    case 'list':
      for (const one of value as readonly unknown[]) namesIn(phrase.of, one, visit);
      return;
    case 'record': {
      const fields = value as Readonly<Record<string, unknown>>;
      for (const part of phrase.parts) {
        const field = fields[part.field];
        if (part.phrase && field !== undefined) namesIn(part.phrase, field, visit);
      }
      return;
    }
  }
}
