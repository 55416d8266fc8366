/** One file of an export. `path` is relative to the export's folder, with `/`, never `..`. */
export interface ExportedFile {
  readonly path: string;
  readonly content: string;
  /**
   * A request for a secret: `content` is empty. Whoever writes the files fills it with random text, only when it does not exist, readable
   * by all (containers run as other users) in a folder that only its owner may enter.
   */
  readonly secret?: boolean;
  readonly executable?: boolean;
}

const MARK = 'Made by sysd';

/** First line of what sysd writes, without the comment sign. */
export function header(designId: string): string {
  return `${MARK} from the design ${plain(designId)}. Exporting again replaces this file.`;
}

/**
 * Whether sysd wrote a file of this content. The policy of every host: files with this mark may be replaced by a new export, files without
 * it belong to the user and are replaced only when the user says so, secrets that exist are never replaced.
 */
export function isSysdFile(content: string): boolean {
  return content.slice(0, 200).includes(MARK);
}

/** User text on one line, for comments of any of the formats: no control characters and no line breaks that some reader knows. */
export function plain(text: string, most = 160): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
