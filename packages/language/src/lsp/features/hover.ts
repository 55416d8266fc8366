import {
  effective,
  findTable,
  formatQuantity,
  isKind,
  isProperty,
  KINDS,
  OPERATIONS,
  type Operation,
  type Owner,
  type Property,
  type PropertyBag,
  parseQuantity,
  propertiesOf,
  RATE,
  type Span,
  sameDimension,
  scientific,
  significant,
} from '@sysd/core';
import { explain } from '@sysd/rules';
import type { IToken } from 'chevrotain';
import { type Hover, MarkupKind } from 'vscode-languageserver';
import { propertyDoc } from '../completion/properties.ts';
import { elementText, hopText, technologyText } from '../markdown/elements.ts';
import { blocks, code, plain, propertyOrigin } from '../markdown/text.ts';
import type { DesignState } from '../session/design-state.ts';
import { tokensAt } from '../text/block-tokens.ts';
import { type Block, openBlocks, ownerOf, statementStart } from '../text/blocks.ts';
import { endOf, tokenAt, typeOf } from '../text/lex.ts';
import { blocksOf, rangeOf, type Snapshot } from '../text/snapshot.ts';
import { declaredBetween } from './declared-between.ts';
import { FUNCTIONS } from './expression-words.ts';
import type { Locator } from './inlay-hints.ts';
import { OBJECTIVE_WORDS, WORDS } from './words.ts';

export interface HoverInput {
  readonly snapshot: Snapshot;
  /** The design at the newest text: what names mean. */
  readonly state?: DesignState;
  /** The last good one: figures. */
  readonly standing?: DesignState;
  /** Where a span of `standing` stands in the newest text. */
  readonly locator: Locator;
}

/** What stands at an offset: element, property with its effective value, kind, operation, step, quantity, rule, word of the language. */
export function hover(input: HoverInput, offset: number): Hover | null {
  const { snapshot, state } = input;
  const { tokens, placed, within } = tokensAt(blocksOf(snapshot), offset);
  const token = tokenAt(tokens, within);
  if (!token) return null;
  const named = state?.symbols.at(snapshot.uri, offset);
  const element = named && ofElement(input, named.element, named.kind);
  if (named && element !== undefined) return answer(snapshot, named.start, named.end, element);
  const text = ofToken(input, tokens, tokens.indexOf(token), placed.offset);
  return text === undefined ? null : answer(snapshot, placed.offset + token.startOffset, placed.offset + endOf(token), text);
}

const answer = (snapshot: Snapshot, start: number, end: number, value: string): Hover => ({
  contents: { kind: MarkupKind.Markdown, value },
  range: rangeOf(snapshot, start, end),
});

function ofElement({ state, standing }: HoverInput, id: string, kind: string): string | undefined {
  if (kind === 'technology') {
    const technology = state?.design.technologies.get(id);
    return technology && technologyText(technology);
  }
  const figures = standing?.complete ? standing : undefined;
  return (
    (figures && elementText(figures.design, figures.assessment(), id, figures.objectives.ofFlow)) ??
    (state && elementText(state.design, undefined, id))
  );
}

/** @param base offset in the file from which those of the tokens count */
function ofToken(input: HoverInput, tokens: readonly IToken[], i: number, base: number): string | undefined {
  const token = tokens[i]!;
  const word = token.image;
  switch (typeOf(token)) {
    case 'KIND':
      return isKind(word) ? blocks(`**${word}** — kind of component`, KINDS[word]) : undefined;
    case 'PROPERTY':
      return ofProperty(input, tokens, i);
    case 'OPERATION':
      return blocks(`**${word}** — operation`, OPERATIONS[word as Operation], ofStep(input, base + token.startOffset));
    case 'ARROW':
      return ofStep(input, base + token.startOffset) ?? ofConnection(input, tokens, i) ?? WORDS.get(word);
    case 'QUANTITY':
      return ofQuantity(word);
    case 'max':
      return blocks(`**${word}**`, WORDS.get(word), ofStep(input, base + token.startOffset));
    case 'NAME':
      return ofName(tokens, i);
    default:
      return WORDS.has(word) ? blocks(`**${plain(word)}**`, WORDS.get(word)) : undefined;
  }
}

/** The hop of the last good design that stands at an offset of the newest text. */
function ofStep({ snapshot, standing, locator }: HoverInput, offset: number): string | undefined {
  if (!standing?.complete) return undefined;
  const holds = (span: Span): boolean => {
    const at = locator(span);
    return at?.uri === snapshot.uri && at.start <= offset && offset < at.end;
  };
  for (const flow of declaredBetween(blocksOf(snapshot), standing.design, offset, offset).flows) {
    const hop = flow.hops.find((h) => holds(h.span));
    if (hop) return hopText(standing.assessment(), flow, hop);
  }
  return undefined;
}

function ofConnection({ standing }: HoverInput, tokens: readonly IToken[], i: number): string | undefined {
  const [source, target] = [tokens[i - 1]?.image, tokens[i + 1]?.image];
  if (!standing?.complete || source === undefined || target === undefined) return undefined;
  return elementText(standing.design, standing.assessment(), `${source}->${target}`);
}

function ofProperty(input: HoverInput, tokens: readonly IToken[], i: number): string | undefined {
  const path = tokens[i]!.image;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (!isProperty(name)) return WORDS.get(path);
  const open = openBlocks(tokens, i);
  const bag = bagOf(input.standing ?? input.state, open);
  const value = bag && (effective(bag, name) as Property | undefined);
  const origin = value && propertyOrigin(name, value);
  const holds = value && `Holds here: ${code(value.text)}${origin ? ` *(${plain(origin)})*` : ''}`;
  const owner = ownerOf(open.at(-1), open.at(-2));
  const fits = owner === undefined || owner === 'technology' || (propertiesOf(owner as Owner) as string[]).includes(name);
  return blocks(`**${name}** — property${fits ? '' : `, but not of ${owner}`}`, propertyDoc(name), holds);
}

/** Properties of the element in whose body we are. */
function bagOf(state: DesignState | undefined, open: readonly Block[]): PropertyBag | undefined {
  const block = open.at(-1);
  if (!state || !block) return undefined;
  const { design } = state;
  if (block.type === 'SOURCE') {
    const [source, , target] = block.header;
    return design.connections.get(`${source?.image}->${target?.image}`)?.properties;
  }
  const name = block.name ?? '';
  if (block.type === 'table') return findTable(design, `${open.at(-2)?.name}.${name}`)?.properties;
  return design.components.get(name)?.properties ?? design.places.get(name)?.properties ?? design.flows.get(name)?.properties;
}

function ofQuantity(image: string): string | undefined {
  const parsed = parseQuantity(image);
  if (!parsed.ok) return plain(parsed.error);
  const { value, dimension, low, high } = parsed.value;
  const range =
    low === undefined || high === undefined
      ? ''
      : `, between ${formatQuantity(low, dimension)} and ${formatQuantity(high, dimension)} (90 % interval)`;
  const shown = formatQuantity(value, dimension, 6);
  // What is rarer than once a second is shown in its own unit, and here by the second too.
  const rare = sameDimension(dimension, RATE) && value > 0 && value < 1;
  const perSecond = rare ? `${value < 0.001 ? scientific(value, 6) : significant(value, 6)}/s` : undefined;
  const all = [shown === image ? undefined : shown, perSecond].filter((text) => text !== undefined);
  return `${code(image)} = ${plain(all.length > 0 ? all.join(' = ') : shown)}${plain(range)}`;
}

function ofName(tokens: readonly IToken[], i: number): string | undefined {
  const { image } = tokens[i]!;
  const first = tokens[statementStart(tokens, i)];
  if (first && typeOf(first) === 'accept' && typeOf(tokens[i - 1] ?? first) === 'accept') {
    const rule = explain(image);
    return rule && blocks(`**${rule.id}** — rule`, rule.summary, rule.why, rule.doInstead);
  }
  if (first?.image === 'slo' && OBJECTIVE_WORDS.has(image)) return blocks(`**${image}** — objective of a flow`, OBJECTIVE_WORDS.get(image));
  if (tokens[i + 1]?.image === '(' && FUNCTIONS.has(image)) return blocks(`**${image}** — function`, FUNCTIONS.get(image));
  return undefined;
}
