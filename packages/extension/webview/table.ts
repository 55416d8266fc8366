import { element } from './dom.ts';

/**
 * The drawing as a table, for whoever reads better that way: a row a component with what the card says and where its connections go.
 * `reveal` is called with the id of the component that is chosen.
 */
export function asTable(svg: SVGSVGElement, reveal: (id: string) => void): HTMLTableElement {
  const rows = [...svg.querySelectorAll<SVGElement>('.node')].map((node) => {
    const open = element('button', { type: 'button', title: 'Go to the declaration' }, node.getAttribute('aria-label') ?? '');
    open.addEventListener('click', () => reveal(node.dataset.element ?? ''));
    const links = (node.querySelector('desc')?.textContent ?? '').split('; ').filter((link) => link !== '');
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, open),
      element('td', {}, element('ul', {}, ...links.map((link) => element('li', {}, link)))),
    );
  });
  const head = element('tr', {}, element('th', { scope: 'col' }, 'Component'), element('th', { scope: 'col' }, 'Connections'));
  return element(
    'table',
    {},
    element('caption', {}, svg.getAttribute('aria-label') ?? ''),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
}
