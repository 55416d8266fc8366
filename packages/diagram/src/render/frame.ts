import type { Box } from '../layout/layout-result.ts';
import type { DiagramFrame } from '../model/diagram-model.ts';
import { FACES, measure, truncate } from '../text/measure.ts';
import { badges, findingsInWords } from './badges.ts';
import { chip, WIDER } from './chip.ts';
import { FRAME_ICONS } from './icons.ts';
import { type Scene, surfaceClass } from './scene.ts';
import { classes, el, type Markup, number } from './svg-builder.ts';

const TEXT_X = 35;

export function drawFrame(frame: DiagramFrame, box: Box, depth: number, scene: Scene): Markup {
  const words = [`${frame.kind} ${frame.name}`, frame.down ? 'down' : undefined, frame.detail, findingsInWords(frame.findings)]
    .filter((w) => w !== undefined)
    .join(', ');
  return el(
    'g',
    {
      class: classes('frame-box', frame.down && 'failure-down'),
      role: 'group',
      'aria-label': words,
      tabindex: scene.interactive ? -1 : undefined,
      'data-element': frame.id,
      'data-kind': frame.kind,
      'data-fail': scene.interactive ? frame.target : undefined,
      'data-state': frame.down ? 'down' : undefined,
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
    frame.down
      ? el('rect', {
          class: 'down-hatch',
          x: box.x,
          y: box.y,
          width: box.width,
          height: box.height,
          rx: 12,
          fill: `url(#${scene.prefix}down)`,
        })
      : undefined,
  );
}

/** Icon, name and detail over a patch in the frame's colour: edges may cross the header. */
export function drawFrameTitle(frame: DiagramFrame, box: Box, depth: number, scene: Scene): Markup {
  const room = box.width - TEXT_X - 16;
  const name = truncate(frame.name, room, FACES.frame);
  const nameWidth = measure(name, FACES.frame);
  const detailRoom = room - nameWidth - 6;
  const said = frame.zones ? frame.kind : frame.detail;
  const detail = said === undefined || detailRoom < 30 ? '' : truncate(said, detailRoom, FACES.sub);
  const width = TEXT_X - 10 + nameWidth + (detail === '' ? 0 : 6 + measure(detail, FACES.sub)) + 8;
  return el(
    'g',
    {
      class: 'frame-head',
      'data-element': frame.id,
      'aria-hidden': frame.zones ? undefined : 'true',
      'data-fail': scene.interactive ? frame.target : undefined,
    },
    el('title', {}, frame.detail === undefined ? frame.name : `${frame.name}, ${frame.detail}`),
    el('rect', { class: `patch ${surfaceClass(depth)}`, x: box.x + 10, y: box.y + 8, width, height: 21, rx: 4 }),
    el('path', {
      class: 'frame-icon',
      transform: `translate(${Math.round(box.x * 100) / 100 + 14} ${Math.round(box.y * 100) / 100 + 11}) scale(.75)`,
      d: FRAME_ICONS[frame.kind],
    }),
    el('text', { class: 'frame-title', x: box.x + TEXT_X, y: box.y + 23 }, name),
    detail === '' ? undefined : el('text', { class: 'frame-detail', x: box.x + TEXT_X + nameWidth + 6, y: box.y + 23 }, detail),
    zoneChips(frame, box, box.x + 10 + width + 6, scene),
    frame.down ? chip('down', frame.kind === 'zone' ? 'zone down' : 'region down', box.x + 14, box.y, box.width - 28) : undefined,
    scene.overlay === 'none' && !scene.failing
      ? el(
          'g',
          { transform: `translate(${Math.round((box.x + box.width) * 100) / 100} ${Math.round(box.y * 100) / 100})` },
          badges(frame.findings, 0),
        )
      : undefined,
  );
}

/** A button for each zone of a region, as many as there is room for: what stands in several zones lies in none of their frames. */
function zoneChips(frame: DiagramFrame, box: Box, left: number, scene: Scene): Markup[] {
  const drawn: Markup[] = [];
  let x = left;
  for (const zone of frame.zones ?? []) {
    const width = Math.ceil(measure(zone.name, FACES.value) * WIDER) + 34;
    if (x + width > box.x + box.width - 12) break;
    const [middle, words] = [box.y + 18, `zone ${zone.id}${zone.down ? ', down' : ''}`];
    drawn.push(
      el(
        'g',
        {
          class: classes('zone-chip', zone.down && 'down'),
          transform: `translate(${number(x)} ${number(middle)})`,
          role: scene.interactive ? 'button' : 'img',
          'aria-label': words,
          tabindex: scene.interactive ? -1 : undefined,
          'data-element': zone.id,
          'data-fail': scene.interactive ? zone.id : undefined,
          'data-state': zone.down ? 'down' : undefined,
        },
        el('title', {}, words),
        scene.interactive ? el('rect', { class: 'ring', x: -3, y: -14, width: width + 6, height: 28, rx: 8 }) : undefined,
        el('rect', { class: 'zone-box', y: -11, width, height: 22, rx: 6 }),
        zone.down
          ? el('path', { class: 'chip-icon', transform: 'translate(13 0)', d: 'M-3.500-3.500L3.500 3.500M3.500-3.500L-3.500 3.500' })
          : el('path', { class: 'frame-icon', transform: 'translate(6 -7) scale(.7)', d: FRAME_ICONS.zone }),
        el('text', { class: 'zone-words', x: 25, y: 4 }, zone.name),
      ),
    );
    x += width + 6;
  }
  return drawn;
}
