import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind, type Range } from 'vscode-languageserver';

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
  readonly snippets: boolean;
}

export function toItems(offers: readonly Offer[], { range, snippets }: ItemOptions): CompletionItem[] {
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  offers.forEach((offer, i) => {
    const key = `${offer.kind} ${offer.label}`;
    if (seen.has(key)) return;
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
  });
  return items;
}

export const word = (label: string, doc?: string, rank = 3): Offer => ({
  label,
  kind: CompletionItemKind.Keyword,
  rank,
  ...(doc === undefined ? {} : { doc }),
});
