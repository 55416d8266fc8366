import type { IToken } from 'chevrotain';
import { type AstNode, AstUtils, GrammarAST as Grammar, type GrammarAST } from 'langium';
import { Marks, mark } from './marks.ts';
import type { Place } from './place.ts';

/** Features of Langium's infix rule while it reads: its nodes never have them. */
const PARTS = 'parts';
const OPERATORS = 'operators';

/**
 * Stands in for Langium's builder of the concrete syntax tree, which is a third of the memory of a file: writes down where each node and
 * each feature stands, and nothing else. A rule that is called without an assignment gives its features to its caller.
 */
export class MarksBuilder {
  private place: Place | undefined;
  /** Nodes that are being read, the innermost last, and the feature of the node around it that each is. */
  private readonly open: Marks[] = [];
  private readonly as: (string | undefined)[] = [];
  /** Null for an element that is assigned to none. */
  private readonly features = new Map<GrammarAST.AbstractElement, string | null>();

  begin(place: Place): void {
    this.place = place;
    this.open.length = 0;
    this.as.length = 0;
    this.open.push(new Marks(place));
    this.as.push(undefined);
  }

  buildCompositeNode(element: GrammarAST.AbstractElement): Marks {
    const marks = new Marks(this.place!);
    this.open.push(marks);
    this.as.push(this.featureOf(element));
    return marks;
  }

  buildLeafNode(token: IToken, element: GrammarAST.AbstractElement): undefined {
    const marks = this.open.at(-1)!;
    const end = token.startOffset + token.image.length;
    marks.extend(token.startOffset, end);
    const feature = this.featureOf(element);
    if (feature !== undefined && feature !== OPERATORS) marks.add(feature, token.startOffset, end);
  }

  construct(node: AstNode): void {
    const marks = this.open.pop();
    const feature = this.as.pop();
    if (!marks) return;
    marks.close();
    mark(node, marks);
    const around = this.open.at(-1);
    if (!around || marks.start < 0) return;
    around.extend(marks.start, marks.end);
    if (feature === undefined || feature === PARTS) around.addAll(marks);
    else around.add(feature, marks.start, marks.end);
  }

  addHiddenNodes(): void {}

  private featureOf(element: GrammarAST.AbstractElement): string | undefined {
    let known = this.features.get(element);
    if (known === undefined) {
      known = AstUtils.getContainerOfType(element, Grammar.isAssignment)?.feature ?? null;
      this.features.set(element, known);
    }
    return known ?? undefined;
  }
}
