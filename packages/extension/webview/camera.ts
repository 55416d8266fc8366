/** The part of the drawing that the stage shows: its upper left corner in the drawing's units, and pixels per unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const minZoom = 0.08;
export const maxZoom = 4;

/** A step of the zoom buttons and keys. */
export const zoomStep = 1.2;

export const clampZoom = (zoom: number) => Math.min(maxZoom, Math.max(minZoom, zoom));

/** The whole drawing in the middle of the stage, never larger than it was drawn, and not smaller than `least`: then its top shows. */
export function fit(drawing: Size, stage: Size, least = minZoom): Camera {
  const whole = Math.min(1, stage.width / drawing.width, stage.height / drawing.height);
  const zoom = clampZoom(Math.max(least, whole));
  const margin = (of: number, on: number) => (of - on / zoom) / 2;
  const y = margin(drawing.height, stage.height);
  return { x: margin(drawing.width, stage.width), y: drawing.height * zoom > stage.height ? 0 : y, zoom };
}

/** Zooms so that the point of the drawing under `at` (pixels on the stage) stays where it is. */
export function zoomAt(camera: Camera, at: Point, factor: number): Camera {
  const zoom = clampZoom(camera.zoom * factor);
  return { x: camera.x + at.x / camera.zoom - at.x / zoom, y: camera.y + at.y / camera.zoom - at.y / zoom, zoom };
}

/** Moves the drawing by pixels, as a hand would. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** Keeps some of the drawing on the stage: an edge of it may not go further than the middle. */
export function keepInSight(camera: Camera, drawing: Size, stage: Size): Camera {
  const clamp = (at: number, of: number, on: number) => Math.min(of - on / 2 / camera.zoom, Math.max(-on / 2 / camera.zoom, at));
  return { ...camera, x: clamp(camera.x, drawing.width, stage.width), y: clamp(camera.y, drawing.height, stage.height) };
}

/** The least move that brings a box of the drawing onto the stage, with a margin of 24 pixels. */
export function bringIntoSight(camera: Camera, box: Point & Size, stage: Size): Camera {
  const margin = 24 / camera.zoom;
  const along = (at: number, from: number, length: number, room: number) => {
    if (from - margin < at) return from - margin;
    if (from + length + margin > at + room) return Math.min(from - margin, from + length + margin - room);
    return at;
  };
  const { zoom } = camera;
  return { x: along(camera.x, box.x, box.width, stage.width / zoom), y: along(camera.y, box.y, box.height, stage.height / zoom), zoom };
}

/** Class of the drawing's root for a zoom: what is too small to read is hidden. Undefined from 75 % on, where everything shows. */
export function detailClass(zoom: number): string | undefined {
  if (zoom >= 0.75) return undefined;
  if (zoom >= 0.45) return 'zoom-75';
  return zoom >= 0.2 ? 'zoom-45' : 'zoom-20';
}
