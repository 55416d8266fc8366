import { readSvg } from './read-svg.ts';

/** What a page marks in the drawing, whatever it shows. */
const MARKS = ['selected', 'dim', 'lit'];
const SHOWN = ['class', 'aria-label', 'data-state'];

interface Look {
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: readonly Node[];
}

/**
 * Shows other loads in a drawing by changing parts of it in place: no box moves, and what the pointer or the keyboard is on stays. Parts that are not
 * among the new ones are as they were drawn.
 */
export class Redrawing {
  #svg: SVGSVGElement | undefined;
  #label = '';
  #parts = new Map<string, SVGElement>();
  /** As drawn, of the parts that look otherwise now. */
  readonly #drawn = new Map<string, Look>();

  /** Another drawing has come. */
  begin(svg: SVGSVGElement): void {
    this.#svg = svg;
    this.#label = svg.getAttribute('aria-label') ?? '';
    this.#drawn.clear();
    this.#parts = new Map([...svg.querySelectorAll<SVGElement>('.link, .words, .node, .heading')].map((part) => [keyOf(part), part]));
  }

  /** Everything is as it was drawn. */
  restore(): void {
    this.show([], this.#label);
  }

  show(parts: readonly string[], label: string): void {
    const svg = this.#svg;
    const read = readSvg(`<svg xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`);
    if (!svg || !read) return;
    const now = new Map([...read.children].map((part) => [keyOf(part as SVGElement), part]));
    for (const [key, drawn] of [...this.#drawn]) {
      const part = this.#parts.get(key);
      if (now.has(key) || !part) continue;
      wear(part, drawn);
      this.#drawn.delete(key);
    }
    for (const [key, other] of now) {
      const part = this.#parts.get(key);
      if (!part) continue;
      if (!this.#drawn.has(key)) this.#drawn.set(key, lookOf(part));
      wear(part, lookOf(other));
    }
    svg.setAttribute('aria-label', label);
  }
}

/** Cards by element, lines and their words by edge. */
function keyOf(part: SVGElement): string {
  const { edge, element } = part.dataset;
  return `${part.classList[0]} ${edge ?? element}`;
}

function lookOf(part: Element): Look {
  const attributes = SHOWN.flatMap((name): [string, string][] => {
    const value = part.getAttribute(name);
    return value === null ? [] : [[name, name === 'class' ? withoutMarks(value) : value]];
  });
  return { attributes: new Map(attributes), content: [...part.childNodes] };
}

const withoutMarks = (names: string): string =>
  names
    .split(' ')
    .filter((name) => !MARKS.includes(name))
    .join(' ');

function wear(part: SVGElement, { attributes, content }: Look): void {
  const marks = MARKS.filter((mark) => part.classList.contains(mark));
  for (const name of SHOWN) {
    const value = attributes.get(name);
    if (value === undefined) part.removeAttribute(name);
    else part.setAttribute(name, value);
  }
  part.classList.add(...marks);
  part.replaceChildren(...content);
}
