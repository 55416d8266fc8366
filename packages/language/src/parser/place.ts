import type { SourceBlock } from '@sysd/core';

/**
 * Where a text that is parsed by itself stands: a block in its file, or a statement in the text around it. Everything in its tree is
 * relative to it, so that the tree is kept while the text moves. Only parsing moves it.
 */
export class Place implements SourceBlock {
  readonly text: string;
  /** The place around it; undefined for a block, which stands in its file. */
  private parent: Place | undefined;
  /** Offset in the parent, or in the file. */
  private at: number;
  private readonly file: string;
  private gone = false;
  /** Of a block: line breaks in the file before it. */
  private breaks = 0;

  constructor(text: string, parent: Place | string, at: number) {
    this.text = text;
    this.parent = typeof parent === 'string' ? undefined : parent;
    this.file = typeof parent === 'string' ? parent : parent.file;
    this.at = at;
  }

  moveTo(parent: Place, at: number): void {
    this.parent = parent;
    this.at = at;
  }

  get uri(): string {
    return this.file;
  }

  get offset(): number {
    return this.parent ? this.parent.offset + this.at : this.at;
  }

  /** Whether the text still is part of the newest version of its file. */
  get alive(): boolean {
    return this.parent ? this.parent.alive : !this.gone;
  }

  /** Its block stands at an offset of the newest text, behind so many line breaks. */
  stand(offset: number, line: number): void {
    this.at = offset;
    this.breaks = line;
    this.gone = false;
  }

  /** The block that it is a part of, or is. */
  get block(): Place {
    return this.parent?.block ?? this;
  }

  /** Line of the newest text in which the block begins. */
  get line(): number {
    return this.block.breaks;
  }

  /** Its block has left the newest text. */
  leave(): void {
    this.gone = true;
  }

  toJSON(): { uri: string; offset: number } {
    return { uri: this.uri, offset: this.offset };
  }
}
