import { clean } from '../text/clean.ts';

/** Markup that is known to be well-formed. Only this file makes it, so no text of a user's can reach the drawing unescaped. */
export interface Markup {
  readonly svg: string;
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;
export type Content = Markup | string | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeText(text: string): string {
  return clean(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/** Numbers with at most two decimals: enough for a screen, and the same on every machine. */
export function number(value: number): string {
  const text = (Math.round(value * 100) / 100).toString();
  return text === '-0' ? '0' : text;
}

/** An element. Attributes that are undefined are left out; strings in the content are escaped. */
export function el(name: string, attributes: Attributes, ...content: Content[]): Markup {
  const written = Object.entries(attributes)
    .filter((pair): pair is [string, string | number] => pair[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escapeText(value)}"`)
    .join('');
  const inner = content.map(print).join('');
  return { svg: inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>` };
}

/** A `<style>` element. The text is the program's own, never a user's; `<` and `&` in it would be a bug. */
export function styleElement(css: string): Markup {
  return { svg: `<style>${css.replace(/[<&]/g, '')}</style>` };
}

function print(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escapeText(content);
  return 'svg' in content ? content.svg : content.map(print).join('');
}

/** Class names that apply, in order, or undefined for none. */
export function classes(...names: (string | false | undefined)[]): string | undefined {
  const list = names.filter((n): n is string => typeof n === 'string' && n !== '');
  return list.length === 0 ? undefined : list.join(' ');
}
