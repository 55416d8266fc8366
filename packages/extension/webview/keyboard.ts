/** Moving through the drawing with the keyboard: one tab stop, arrows go along edges. */

/** What the keyboard can be on. */
export const focusable = '.frame-box, .zone-chip, .node';

/** In reading order: frames and zones, then cards from top to bottom, as the drawing has them. */
function inOrder(svg: SVGSVGElement): SVGGraphicsElement[] {
  const all = [...svg.querySelectorAll<SVGGraphicsElement>(focusable)];
  return [...all.filter((part) => !part.matches('.node')), ...all.filter((part) => part.matches('.node'))];
}

/** Makes `part` the tab stop of the drawing. */
export function makeTabStop(svg: SVGSVGElement, part: Element): void {
  for (const other of svg.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', '-1');
  part.setAttribute('tabindex', '0');
}

const directions: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Where a key leads from `part`, or undefined when it leads nowhere. */
export function destination(svg: SVGSVGElement, part: SVGGraphicsElement, key: string): SVGGraphicsElement | undefined {
  const order = inOrder(svg);
  if (key === 'Home') return order[0];
  if (key === 'End') return order.at(-1);
  const direction = directions[key];
  if (!direction) return undefined;
  if (!part.matches('.node')) return order[order.indexOf(part) + (direction[0] + direction[1])];
  const cards = order.filter((other) => other.matches('.node') && other !== part);
  const linked = new Set(neighbours(svg, part.dataset.element ?? ''));
  const along = cards.filter((card) => linked.has(card.dataset.element ?? ''));
  return nearest(part, along, direction) ?? nearest(part, cards, direction);
}

function neighbours(svg: SVGSVGElement, id: string): string[] {
  return [...svg.querySelectorAll<SVGElement>('.link')].flatMap(({ dataset: { from, to } }) => {
    if (from === id && to !== undefined) return [to];
    return to === id && from !== undefined ? [from] : [];
  });
}

/** The nearest of the cards that lie in a direction; being off to the side counts twice. */
function nearest(from: Element, cards: SVGGraphicsElement[], [dx, dy]: readonly [number, number]): SVGGraphicsElement | undefined {
  const centre = (part: Element) => {
    const box = part.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const start = centre(from);
  let best: { card: SVGGraphicsElement; cost: number } | undefined;
  for (const card of cards) {
    const end = centre(card);
    const ahead = (end.x - start.x) * dx + (end.y - start.y) * dy;
    const aside = Math.abs((end.x - start.x) * dy) + Math.abs((end.y - start.y) * dx);
    const cost = ahead + 2 * aside;
    if (ahead > 1 && (!best || cost < best.cost)) best = { card, cost };
  }
  return best?.card;
}
