import { createHash } from 'node:crypto';
import type { ReportPage } from '../report/report-page.ts';
import { blocksHtml } from './blocks-html.ts';
import { type Html, ownMarkup, tag } from './html.ts';
import { REPORT_CSS } from './report-css.ts';

/**
 * The report as one file: no script, nothing from elsewhere. Its policy lets a browser run and load nothing, and use no style but the page's own,
 * whatever the text of a design is.
 */
export function reportHtml({ title, doc, sections }: ReportPage, mark: string): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REPORT_CSS).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const head = tag(
    'head',
    {},
    tag('meta', { charset: 'utf-8' }),
    tag('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('title', {}, `${title}: design report`),
    tag('style', {}, ownMarkup(REPORT_CSS)),
  );
  const body = tag(
    'body',
    {},
    tag('a', { class: 'skip', href: '#content' }, 'To the report'),
    tag(
      'div',
      { class: 'page' },
      tag(
        'header',
        {},
        tag('p', { class: 'kicker' }, 'Design report'),
        tag('h1', {}, title),
        ...doc.map((paragraph) => tag('p', { class: 'doc' }, paragraph)),
      ),
      tag('div', { class: 'columns' }, contents(sections), tag('main', { id: 'content' }, ...sections.map(section))),
    ),
  );
  return `<!DOCTYPE html>\n<html lang="en">\n${head.html}\n${body.html}\n</html>\n${mark}\n`;
}

const contents = (sections: ReportPage['sections']): Html =>
  tag(
    'nav',
    { 'aria-labelledby': 'contents' },
    tag('h2', { id: 'contents' }, 'Contents'),
    tag('ol', {}, ...sections.map(({ id, title }) => tag('li', {}, tag('a', { href: `#${id}` }, title)))),
  );

const section = ({ id, title, blocks }: ReportPage['sections'][number]): Html =>
  tag('section', { 'aria-labelledby': id }, tag('h2', { id }, title), ...blocksHtml(blocks), ownMarkup('\n'));
