/** Elements of the page without HTML text: nothing that a design says can become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** An icon of 16 × 16 as strokes. */
export function icon(d: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

/** A button. One that shows an icon has its title as its name. */
export function button(content: string | Node, title: string, run: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', title, ...(typeof content !== 'string' && { 'aria-label': title }) }, content);
  made.addEventListener('click', run);
  return made;
}

/** A button that looks like a link: it goes somewhere. */
export function linkButton(text: string, title: string, run: () => void): HTMLButtonElement {
  const made = button(text, title, run);
  made.className = 'link-button';
  return made;
}

/** A part of a panel under its title. */
export const section = (title: string, ...content: HTMLElement[]): HTMLElement =>
  element('section', {}, element('h3', {}, title), ...content);
