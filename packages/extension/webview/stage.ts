import { bringIntoSight, type Camera, detailClass, fit, keepInSight, type Point, pan, zoomAt } from './camera.ts';

/** From this zoom on nothing is hidden: a first view shows the top of a tall drawing readably rather than all of it. */
const readableZoom = 0.75;
const dragThreshold = 4;

/** Shows a drawing with pan and zoom. The place that a person looks at stays when the drawing is replaced. */
export class Stage {
  readonly element: HTMLElement;
  readonly #moved: (camera: Camera) => void;
  #svg: SVGSVGElement | undefined;
  #size = { width: 1, height: 1 };
  #camera: Camera | undefined;
  /** `free` once somebody has moved the camera; until then it follows the sizes of stage and drawing. */
  #follows: 'first-view' | 'whole' | 'free';

  constructor(element: HTMLElement, restored: Camera | undefined, moved: (camera: Camera) => void) {
    this.element = element;
    this.#moved = moved;
    this.#camera = restored;
    this.#follows = restored === undefined ? 'first-view' : 'free';
    new ResizeObserver(() => this.#resized()).observe(element);
    this.#listenToWheel();
    this.#listenToDrag();
  }

  get svg(): SVGSVGElement | undefined {
    return this.#svg;
  }

  get zoom(): number {
    return this.#camera?.zoom ?? 1;
  }

  /** Replaces the drawing. What is at the middle of the stage (or `anchor`, if that shows) stays at its place on the screen. */
  show(svg: SVGSVGElement, anchor: string | undefined): void {
    const kept = this.#svg && this.#follows === 'free' ? this.#anchor(anchor) : undefined;
    const { width, height } = svg.viewBox.baseVal;
    const resized = width !== this.#size.width || height !== this.#size.height;
    this.#size = { width: Math.max(1, width), height: Math.max(1, height) };
    svg.removeAttribute('width');
    svg.removeAttribute('height');
    svg.setAttribute('preserveAspectRatio', 'xMinYMin meet');
    if (this.#svg) this.#svg.replaceWith(svg);
    else this.element.replaceChildren(svg);
    this.#svg = svg;
    this.#place(this.#camera === undefined || resized ? this.#followed() : this.#camera);
    const now = kept && this.#centreOf(kept.element);
    const camera = this.#camera!;
    if (kept && now) this.#place({ ...camera, x: camera.x + now.x - kept.centre.x, y: camera.y + now.y - kept.centre.y });
  }

  fit(): void {
    if (!this.#svg) return;
    this.#follows = 'whole';
    this.#place(this.#followed());
  }

  zoomBy(factor: number, at?: Point): void {
    if (!this.#camera) return;
    const { width, height } = this.#stageSize();
    this.#move(zoomAt(this.#camera, at ?? { x: width / 2, y: height / 2 }, factor));
  }

  panBy(dx: number, dy: number): void {
    if (this.#camera) this.#move(pan(this.#camera, dx, dy));
  }

  /** Moves no more than needed to show a part of the drawing. */
  reveal(part: SVGGraphicsElement): void {
    const box = this.#boxOf(part);
    const seen = bringIntoSight(this.#camera!, box, this.#stageSize());
    if (seen.x !== this.#camera!.x || seen.y !== this.#camera!.y) this.#move(seen);
  }

  #followed(): Camera {
    if (this.#follows === 'free' && this.#camera) return this.#camera;
    const stage = this.#stageSize();
    const readable = Math.min(readableZoom, stage.width / this.#size.width);
    return fit(this.#size, stage, this.#follows === 'first-view' ? readable : undefined);
  }

  #resized(): void {
    const hidden = this.element.clientWidth === 0;
    if (this.#svg && !hidden) this.#place(this.#followed());
  }

  #move(camera: Camera): void {
    if (!this.#svg) return;
    this.#follows = 'free';
    this.#place(keepInSight(camera, this.#size, this.#stageSize()));
  }

  #place(camera: Camera): void {
    this.#camera = camera;
    const { width, height } = this.#stageSize();
    this.#svg?.setAttribute('viewBox', `${camera.x} ${camera.y} ${width / camera.zoom} ${height / camera.zoom}`);
    const detail = detailClass(camera.zoom);
    for (const name of ['zoom-75', 'zoom-45', 'zoom-20']) this.#svg?.classList.toggle(name, name === detail);
    this.#moved(camera);
  }

  #stageSize() {
    return { width: Math.max(1, this.element.clientWidth), height: Math.max(1, this.element.clientHeight) };
  }

  /** The element whose place is kept: the preferred one, else the card nearest to the middle of the stage. */
  #anchor(preferred: string | undefined): { element: string; centre: Point } | undefined {
    const { width, height } = this.#stageSize();
    const camera = this.#camera!;
    const middle = { x: camera.x + width / 2 / camera.zoom, y: camera.y + height / 2 / camera.zoom };
    const shows = ({ x, y }: Point) =>
      Math.abs(x - middle.x) < width / 2 / camera.zoom && Math.abs(y - middle.y) < height / 2 / camera.zoom;
    const liked = preferred === undefined ? undefined : this.#centreOf(preferred);
    if (preferred !== undefined && liked && shows(liked)) return { element: preferred, centre: liked };
    let best: { element: string; centre: Point; distance: number } | undefined;
    for (const node of this.#svg!.querySelectorAll<SVGGraphicsElement>('.node')) {
      const box = this.#boxOf(node);
      const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const distance = Math.hypot(centre.x - middle.x, centre.y - middle.y);
      const id = node.dataset.element;
      if (id !== undefined && (!best || distance < best.distance)) best = { element: id, centre, distance };
    }
    return best;
  }

  #centreOf(id: string): Point | undefined {
    const node = this.#svg?.querySelector<SVGGraphicsElement>(`.node[data-element="${CSS.escape(id)}"]`);
    if (!node) return undefined;
    const box = this.#boxOf(node);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** In the drawing's units. */
  #boxOf(part: SVGGraphicsElement) {
    const box = part.getBoundingClientRect();
    const stage = this.element.getBoundingClientRect();
    const { x, y, zoom } = this.#camera!;
    return { x: x + (box.x - stage.x) / zoom, y: y + (box.y - stage.y) / zoom, width: box.width / zoom, height: box.height / zoom };
  }

  /** A mouse wheel and a pinch zoom, two fingers on a touchpad pan: their deltas are small or go sideways. */
  #listenToWheel(): void {
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const touchpad = event.deltaMode === 0 && (event.deltaX !== 0 || Math.abs(event.deltaY) < 40);
      if (touchpad && !event.ctrlKey && !event.metaKey) {
        this.panBy(-event.deltaX, -event.deltaY);
        return;
      }
      const box = this.element.getBoundingClientRect();
      const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 33;
      const sensitivity = Math.abs(pixels) < 40 ? 0.01 : 0.0018;
      this.zoomBy(Math.exp(-pixels * sensitivity), { x: event.clientX - box.x, y: event.clientY - box.y });
    };
    this.element.addEventListener('wheel', wheel, { passive: false });
  }

  #listenToDrag(): void {
    let last: Point | undefined;
    let dragging = false;
    this.element.addEventListener('pointerdown', (event) => {
      if (event.button === 0 || event.button === 1) last = { x: event.clientX, y: event.clientY };
    });
    this.element.addEventListener('pointermove', (event) => {
      if (!last || (event.buttons & 5) === 0) return;
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
      if (!dragging && Math.hypot(dx, dy) < dragThreshold) return;
      if (!dragging) this.element.setPointerCapture(event.pointerId);
      dragging = true;
      this.element.classList.add('dragging');
      last = { x: event.clientX, y: event.clientY };
      this.panBy(dx, dy);
    });
    const end = () => {
      last = undefined;
      this.element.classList.remove('dragging');
      // The click that ends a drag is none: it arrives right after this.
      setTimeout(() => {
        dragging = false;
      });
    };
    this.element.addEventListener('pointerup', end);
    this.element.addEventListener('pointercancel', end);
    this.element.addEventListener('click', (event) => dragging && event.stopImmediatePropagation(), { capture: true });
  }
}
