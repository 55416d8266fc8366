/**
 * Turns the server's SVG text into an element of this page. The text is made by sysd with everything from the design escaped; should that
 * ever fail, what could run or load something is dropped here, and the page's policy forbids it besides.
 *
 * @returns undefined when the text is not an SVG document
 */
export function readSvg(text: string): SVGSVGElement | undefined {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (!(root instanceof SVGSVGElement)) return undefined;
  const svg = document.importNode(root, true);
  for (const active of svg.querySelectorAll('script, style, foreignObject, image, use, a, animate, set, iframe, parsererror'))
    active.remove();
  for (const part of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name } of [...part.attributes]) if (/^on|href$|^style$/i.test(name)) part.removeAttribute(name);
  }
  return svg;
}
