import { around, instead, type Notation } from './line.ts';

/** Characters that look like those of the language, as word processors and other keyboards make them. */
const LOOKS_LIKE: ReadonlyMap<string, readonly [text: string, what: string]> = new Map([
  ['：', [':', 'this is a full-width colon: write :']],
  ['，', [',', 'this is a full-width comma: write ,']],
  ['；', [';', 'this is a full-width semicolon: write ;']],
  ['｛', ['{', 'this is a full-width brace: write {']],
  ['｝', ['}', 'this is a full-width brace: write }']],
  ['＝', ['=', 'this is a full-width sign: write =']],
  ['…', ['..', 'a range is written with two full stops: 5..10 ms']],
  ['×', ['x', 'a ratio is written with the letter x: 3x']],
  ['≤', ['<=', 'write <= for ≤']],
  ['≥', ['>=', 'write >= for ≥']],
  ['≠', ['!=', 'write != for ≠']],
  ['µ', ['u', 'microseconds are us: 200 us']],
  ['μ', ['u', 'microseconds are us: 200 us']],
  ['−', ['-', 'this is a typographic minus: write -']],
  ['－', ['-', 'this is a full-width sign: write -']],
]);

/** Quotation marks that are none here, characters that only look right, and those that cannot be seen. */
export const characters: Notation = (line) => {
  const quoted =
    around(line, /[“”„‟«»](?<text>[^“”„‟«»"]*)[“”„‟«»"]/g) ??
    around(line, /[‘’‚`](?<text>[^‘’‚`"]*)[‘’`]/g) ??
    around(line, /(?<![\w"])'(?<text>[^'"]*)'(?!\w)/g);
  if (quoted) {
    const text = quoted.groups?.text ?? '';
    return instead(`text stands in straight double quotes: write "${text}"`, quoted.index, quoted[0], `"${text}"`);
  }
  const range = around(line, /(?<=\d)\s*[–—]\s*(?=\d)/g);
  if (range) return instead('a range is written with two full stops: 5..10 ms', range.index, range[0], '..');
  const dots = around(line, /(?<=\d\s*[A-Za-z%]*)\.{3,}(?=\d)/g);
  if (dots) return instead('a range is written with two full stops: 5..10 ms', dots.index, dots[0], '..');
  const product = around(line, /(?<=[\w)]\s*)×(?=\s*[\w(])/g);
  if (product) return instead('a product is written with *', product.index, product[0], '*');
  const micro = around(line, /(?<=\d)\s*[µμ]s\b/g);
  if (micro) return instead('microseconds are us: 200 us', micro.index, micro[0], ' us');
  const money = around(line, /([$€])\s*(\d[\d.]*)\s*((?:\/\w+)?)|(\d[\d.]*)\s*([$€])((?:\/\w+)?)/g);
  if (money) {
    const [, before, first = '', per = '', second = '', after, perAfter = ''] = money;
    const meant = `${first || second} ${(before ?? after) === '$' ? 'USD' : 'EUR'}${per || perAfter}`;
    return instead(`money is written with its currency behind it: ${meant}`, money.index, money[0], meant);
  }
  const hidden = around(line, /[\p{Cf}\p{Cc}]+/gu);
  if (hidden) {
    const code = hidden[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return instead(`a character that cannot be seen stands here (U+${code}): remove it`, hidden.index, hidden[0], '');
  }
  const other = around(line, /[：，；｛｝＝…×≤≥≠µμ−－]/g);
  const [text, message] = (other && LOOKS_LIKE.get(other[0])) ?? [];
  return other && text !== undefined && message !== undefined ? instead(message, other.index, other[0], text) : undefined;
};
