import { escapeText } from '@sysd/diagram';

/** Markup that is known to be well-formed. Only `tag` and `ownMarkup` make it, so no text of an author's can become markup. */
export interface Html {
  readonly html: string;
}

export type HtmlContent = Html | string | undefined | readonly HtmlContent[];

/** Elements that have no content and no end tag. */
const VOID = new Set(['br', 'meta']);

/** An element. Attributes that are undefined are left out; strings in the content are escaped, with their line breaks as they are. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>, ...content: HtmlContent[]): Html {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeText(value)}"`))
    .join('');
  return { html: VOID.has(name) ? `<${name}${written}>` : `<${name}${written}>${content.map(inner).join('')}</${name}>` };
}

/** Markup that the program made itself, such as a drawing or a style sheet; never text of an author's. */
export const ownMarkup = (html: string): Html => ({ html });

function inner(content: HtmlContent): string {
  if (content === undefined) return '';
  if (typeof content === 'string')
    return content
      .split(/\r\n|\r|\n/)
      .map(escapeText)
      .join('\n');
  return 'html' in content ? content.html : content.map(inner).join('');
}

/** Text whose line breaks are shown. */
export const lineBreaks = (text: string): HtmlContent =>
  text.split('\n').flatMap((line, i): HtmlContent[] => (i === 0 ? [line] : [tag('br', {}), line]));
