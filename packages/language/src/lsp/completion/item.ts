import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  MarkupKind,
  type Range,
} from 'vscode-languageserver';

/** What a completion offers, before it is turned into LSP's form. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** Beside the label: a kind, a default. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** Text to insert where it is not the label. */
  readonly insert?: string;
  /** Snippet to insert instead, where the editor knows snippets and nothing follows on the line. */
  readonly snippet?: string;
  /** Ask for the next completion at once, as behind `replicas: `. */
  readonly again?: boolean;
  /** Offers of a lower rank stand first; within a rank the order given. */
  readonly rank?: number;
}

export interface ItemOptions {
  readonly range: Range;
  /** What stands in that range up to the cursor. */
  readonly typed: string;
  readonly snippets: boolean;
}

/** Longer lists are cut to so many: those that fit best what has been typed. The editor asks again as it goes on. */
const MOST = 300;

export function toItems(offers: readonly Offer[], { range, typed, snippets }: ItemOptions): CompletionList {
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  const kept = offers.length <= MOST ? offers.keys() : bestOf(offers, typed);
  for (const i of kept) {
    const offer = offers[i]!;
    const key = `${offer.kind} ${offer.label}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const snippet = snippets ? offer.snippet : undefined;
    items.push({
      label: offer.label,
      kind: offer.kind,
      sortText: `${offer.rank ?? 5}${String(i).padStart(5, '0')}`,
      textEdit: { range, newText: snippet ?? offer.insert ?? offer.label },
      ...(snippet === undefined ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
      ...(offer.detail === undefined ? {} : { detail: offer.detail }),
      ...(offer.doc === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: offer.doc } }),
      ...(offer.again ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
    });
  }
  return { items, isIncomplete: offers.length > MOST };
}

/** Indices of the offers that an editor would show for what is typed, at most `MOST`: first those that begin with it, by rank. */
function bestOf(offers: readonly Offer[], typed: string): number[] {
  const lower = typed.toLowerCase();
  const levels: number[][] = [];
  offers.forEach(({ label, rank = 5 }, i) => {
    const name = label.toLowerCase();
    const begins = name.startsWith(lower);
    if (!begins && !hasInOrder(name, lower)) return;
    const level = (begins ? 0 : 10) + rank;
    levels[level] ??= [];
    levels[level].push(i);
  });
  return levels.flat().slice(0, MOST);
}

/** Are all characters of `typed` in `name`, in their order? That is what editors ask of an item at least. */
function hasInOrder(name: string, typed: string): boolean {
  let at = -1;
  for (const c of typed) {
    at = name.indexOf(c, at + 1);
    if (at < 0) return false;
  }
  return true;
}

export const word = (label: string, doc?: string, rank = 3): Offer => ({
  label,
  kind: CompletionItemKind.Keyword,
  rank,
  ...(doc === undefined ? {} : { doc }),
});
