import type { PreviewTraffic, RedrawResult, TrafficAsked, TrafficOutcome } from '@sysd/language/protocol';
import { host } from './host.ts';
import { Redrawing } from './redraw-parts.ts';
import { type Circumstances, createTrafficPanel } from './traffic-panel.ts';
import { readFactor, trafficAloud } from './traffic-scale.ts';
import { createTrafficStrip } from './traffic-strip.ts';

export interface TrafficHooks {
  /** The slider leaves 1x: its answer is the load. */
  showLoad(): void;
  /** Selects a component and goes to its declaration. */
  select(id: string): void;
  announce(words: string): void;
  /** The state that is kept has changed. */
  changed(): void;
  circumstances(): Circumstances;
}

export interface TrafficState {
  readonly factor: number;
  readonly estimate: boolean;
}

/** So long nothing moves until what takes longer is asked for, and what it came to is said. */
const SETTLED = 250;

/** More traffic: the slider, what the drawing shows of it, and the estimate beside it. */
export function createTraffic(restored: Partial<TrafficState>, hooks: TrafficHooks) {
  let factor = readFactor(String(restored.factor)) ?? 1;
  let estimate = restored.estimate ?? false;
  let selected: string | undefined;
  let answer: PreviewTraffic | undefined;
  let outcome: TrafficOutcome | undefined;
  let waitsForFrame = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let toAnnounce = false;
  const redrawing = new Redrawing();

  const strip = createTrafficStrip({ change, estimate: setEstimate, select: hooks.select });
  const panel = createTrafficPanel({
    close: () => setEstimate(false),
    copy: (text) => {
      host.postMessage({ type: 'copy', text });
      hooks.announce('The command is copied.');
    },
    reveal: (element) => host.postMessage({ type: 'reveal', element, focus: false }),
  });
  strip.setFactor(factor);
  strip.setEstimate(estimate);
  panel.element.hidden = !estimate;

  const asked = (): TrafficAsked => ({ factor, ...(estimate && selected !== undefined && { element: selected }) });

  function change(to: number): void {
    if (factor === 1 && to !== 1) hooks.showLoad();
    factor = to;
    toAnnounce = true;
    ask();
    hooks.changed();
  }

  /** At most once for each picture of the screen; the host asks the server for the newest only. */
  function ask(): void {
    panel.setWaiting();
    if (waitsForFrame) return;
    waitsForFrame = true;
    requestAnimationFrame(() => {
      waitsForFrame = false;
      host.postMessage({ type: 'traffic', traffic: asked() });
    });
  }

  function setEstimate(on: boolean): void {
    estimate = on;
    strip.setEstimate(on);
    panel.element.hidden = !on;
    outcome = undefined;
    if (on) ask();
    hooks.changed();
  }

  /** An answer has come: tells it, and asks for what takes longer when no other follows. */
  function tell(traffic: PreviewTraffic): void {
    answer = traffic;
    strip.show(traffic);
    if (traffic.factor === factor) panel.show(traffic, selected, hooks.circumstances());
    clearTimeout(settling);
    settling = setTimeout(settled, SETTLED);
  }

  function settled(): void {
    if (!answer || answer.factor !== factor || answer.lacking !== undefined) return;
    if (toAnnounce)
      hooks.announce(
        trafficAloud(
          factor,
          answer.over.map((one) => one.element),
        ),
      );
    toAnnounce = false;
    if (!estimate) return;
    if (outcome?.factor === factor) panel.showOutcome(outcome);
    else host.postMessage({ type: 'outcome' });
  }

  return {
    strip: strip.element,
    panel: panel.element,
    asked,
    state: (): TrafficState => ({ factor, estimate }),
    focus: strip.focus,
    /** The server's drawing, which is at the traffic of its answer. */
    drawn(svg: SVGSVGElement | undefined, traffic: PreviewTraffic | undefined): void {
      if (svg) redrawing.begin(svg);
      else redrawing.restore();
      outcome = undefined;
      if (traffic) tell(traffic);
    },
    redraw({ parts, label, traffic }: RedrawResult): void {
      redrawing.show(parts, label);
      tell(traffic);
    },
    told(result: TrafficOutcome): void {
      if (result.factor !== factor) return;
      outcome = result;
      panel.showOutcome(result);
    },
    select(id: string | undefined): void {
      if (id === selected) return;
      selected = id;
      if (estimate) ask();
    },
  };
}
