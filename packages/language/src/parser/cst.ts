import { CstNodeBuilder } from 'langium';

/**
 * Langium's builder of the concrete tree without comments in it. Nobody here reads them from the tree (documentation and the formatter
 * read the text), and adding them costs a search of the parent for the first token of every node: quadratic in the statements of a file.
 */
export class SysdCstNodeBuilder extends CstNodeBuilder {
  override addHiddenNodes(): void {}
}
