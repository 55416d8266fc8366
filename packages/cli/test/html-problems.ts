/** Elements without content. */
const VOID = new Set(['br', 'meta']);
/** What a paragraph or heading may hold. */
const PHRASING = new Set(['a', 'br', 'code', 'span', 'strong']);
const TAG = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>/gy;

/**
 * What is wrong with a page: tags that do not nest, attributes without quotes, text that is markup, ids that are there twice, links within the
 * page that lead nowhere, levels of headings that are skipped, cells of a header without a scope, style attributes and handlers. Strict: it knows
 * what the reports use, and no more of HTML.
 */
export function htmlProblems(html: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const ids = new Set<string>();
  const targets: string[] = [];
  let heading = 0;
  let at = html.startsWith('<!DOCTYPE html>\n') ? '<!DOCTYPE html>\n'.length : 0;
  if (at === 0) problems.push('no doctype');
  const end = html.lastIndexOf('</html>') + '</html>'.length;
  while (at < end) {
    if (html[at] !== '<') {
      const next = html.indexOf('<', at);
      const text = html.slice(at, next);
      at = next;
      if (open.at(-1) === 'style') continue;
      if (/[>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) problems.push(`unescaped text: ${text.slice(0, 80)}`);
      continue;
    }
    TAG.lastIndex = at;
    const match = TAG.exec(html);
    if (!match) {
      problems.push(`no tag: ${html.slice(at, at + 80)}`);
      return problems;
    }
    const [whole, closing, name = '', attributes = '', selfClosing] = match;
    at += whole.length;
    const inDrawing = open.includes('svg') || name === 'svg';
    if (closing) {
      const expected = open.pop();
      if (expected !== name) problems.push(`</${name}> closes <${expected}>`);
      continue;
    }
    if (selfClosing && !inDrawing) problems.push(`<${name}/> is not closed`);
    const parent = open.at(-1) ?? '';
    if (/^(p|h\d|summary|dt)$/.test(parent) && !PHRASING.has(name)) problems.push(`<${name}> in <${parent}>`);
    if (parent === 'ul' && name !== 'li') problems.push(`<${name}> in a list`);
    for (const [, key = '', value = ''] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (key === 'style' || key.startsWith('on')) problems.push(`${key} of <${name}>`);
      if (key === 'id') {
        if (ids.has(value)) problems.push(`two of the id ${value}`);
        ids.add(value);
      }
      if (key === 'href') {
        if (value.startsWith('#')) targets.push(value.slice(1));
        else if (!value.startsWith('https://')) problems.push(`link to ${value}`);
      }
      if (key === 'aria-labelledby') targets.push(value);
      if (/^(src|action|srcset|data)$/.test(key)) problems.push(`loads ${value}`);
    }
    if (/^(script|iframe|object|embed|link|img|form|base)$/.test(name)) problems.push(`<${name}>`);
    if (name === 'th' && !/ scope="(col|row)"/.test(attributes)) problems.push('<th> without scope');
    const level = /^h(\d)$/.exec(name)?.[1];
    if (level !== undefined) {
      if (Number(level) > heading + 1) problems.push(`h${level} after h${heading}`);
      heading = Number(level);
    }
    if (!selfClosing && !VOID.has(name)) open.push(name);
  }
  if (open.length > 0) problems.push(`not closed: ${open.join(', ')}`);
  return [...problems, ...targets.filter((t) => !ids.has(t)).map((t) => `no #${t}`)];
}
