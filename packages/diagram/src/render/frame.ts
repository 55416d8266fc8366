import type { Box } from '../layout/layout-result.ts';
import type { DiagramFrame } from '../model/diagram-model.ts';
import { FACES, measure, truncate } from '../text/measure.ts';
import { badges, findingsInWords } from './badges.ts';
import { FRAME_ICONS } from './icons.ts';
import { type Scene, surfaceClass } from './scene.ts';
import { classes, el, type Markup } from './svg-builder.ts';

const TEXT_X = 35;

export function drawFrame(frame: DiagramFrame, box: Box, depth: number, scene: Scene): Markup {
  const words = [`${frame.kind} ${frame.name}`, frame.detail, findingsInWords(frame.findings)].filter((w) => w !== undefined).join(', ');
  return el(
    'g',
    {
      class: 'frame-box',
      role: 'group',
      'aria-label': words,
      tabindex: scene.interactive ? -1 : undefined,
      'data-element': frame.id,
      'data-kind': frame.kind,
    },
    scene.interactive
      ? el('rect', { class: 'ring', x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8, rx: 14 })
      : undefined,
    el('rect', {
      class: classes('frame', frame.kind, depth % 2 === 0 && 'deep'),
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      rx: 12,
    }),
  );
}

/** Icon, name and detail over a patch in the frame's colour: edges may cross the header. */
export function drawFrameTitle(frame: DiagramFrame, box: Box, depth: number, scene: Scene): Markup {
  const room = box.width - TEXT_X - 16;
  const name = truncate(frame.name, room, FACES.frame);
  const nameWidth = measure(name, FACES.frame);
  const detailRoom = room - nameWidth - 6;
  const detail = frame.detail === undefined || detailRoom < 30 ? '' : truncate(frame.detail, detailRoom, FACES.sub);
  const width = TEXT_X - 10 + nameWidth + (detail === '' ? 0 : 6 + measure(detail, FACES.sub)) + 8;
  return el(
    'g',
    { class: 'frame-head', 'data-element': frame.id, 'aria-hidden': 'true' },
    el('title', {}, frame.detail === undefined ? frame.name : `${frame.name}, ${frame.detail}`),
    el('rect', { class: `patch ${surfaceClass(depth)}`, x: box.x + 10, y: box.y + 8, width, height: 21, rx: 4 }),
    el('path', {
      class: 'frame-icon',
      transform: `translate(${Math.round(box.x * 100) / 100 + 14} ${Math.round(box.y * 100) / 100 + 11}) scale(.75)`,
      d: FRAME_ICONS[frame.kind],
    }),
    el('text', { class: 'frame-title', x: box.x + TEXT_X, y: box.y + 23 }, name),
    detail === '' ? undefined : el('text', { class: 'frame-detail', x: box.x + TEXT_X + nameWidth + 6, y: box.y + 23 }, detail),
    scene.overlay === 'none'
      ? el(
          'g',
          { transform: `translate(${Math.round((box.x + box.width) * 100) / 100} ${Math.round(box.y * 100) / 100})` },
          badges(frame.findings, 0),
        )
      : undefined,
  );
}
