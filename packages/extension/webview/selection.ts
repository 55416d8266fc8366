/** Marks in the drawing: what is selected, and what has to do with what the pointer is on. */

const partsOf = (svg: SVGSVGElement, id: string) => svg.querySelectorAll(`[data-element="${CSS.escape(id)}"]`);

export function markSelected(svg: SVGSVGElement, id: string | undefined): void {
  for (const part of svg.querySelectorAll('.selected')) part.classList.remove('selected');
  if (id === undefined) return;
  for (const part of partsOf(svg, id)) part.classList.add('selected');
}

/** Leaves a card with its direct neighbours and their edges as they are and dims the rest; undefined undoes it. */
export function markHovered(svg: SVGSVGElement, id: string | undefined): void {
  const near = new Set(id === undefined ? [] : [id]);
  const edges = new Set<string>();
  for (const link of svg.querySelectorAll<SVGElement>('.link')) {
    const { edge, from, to } = link.dataset;
    if (id === undefined || edge === undefined || from === undefined || to === undefined || (from !== id && to !== id)) continue;
    edges.add(edge);
    near.add(from).add(to);
  }
  for (const part of svg.querySelectorAll<SVGElement>('.node, .link, .words')) {
    const { edge, element } = part.dataset;
    const related = edge === undefined ? near.has(element ?? '') : edges.has(edge);
    part.classList.toggle('dim', id !== undefined && !related);
  }
}

/** Lights edges up, with the cards at their ends, and dims the rest; undefined undoes it. */
export function markLit(svg: SVGSVGElement, edges: readonly string[] | undefined): void {
  const lit = new Set(edges);
  const ends = new Set<string>();
  for (const link of svg.querySelectorAll<SVGElement>('.link')) {
    const { edge, from, to } = link.dataset;
    if (edge === undefined || from === undefined || to === undefined || !lit.has(edge)) continue;
    ends.add(from).add(to);
  }
  for (const part of svg.querySelectorAll<SVGElement>('.node, .link, .words')) {
    const { edge, element } = part.dataset;
    const related = edge === undefined ? ends.has(element ?? '') : lit.has(edge);
    part.classList.toggle('lit', related);
    part.classList.toggle('dim', lit.size > 0 && !related);
  }
}
