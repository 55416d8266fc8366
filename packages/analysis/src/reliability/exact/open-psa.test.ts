import { describe, expect, it } from 'vitest';
import { BooleanDagBuilder } from './boolean-dag.ts';
import { openPsa } from './open-psa.ts';

const event = (b: BooleanDagBuilder, id: string) => b.event({ id, class: 0, element: id, label: id });

describe('openPsa', () => {
  it('writes gates, events with probabilities, and escapes what is not allowed in XML', () => {
    const b = new BooleanDagBuilder();
    const [x, y, z] = ['a<b>&"c"', 'y\u0000\ud800', 'z'].map((id) => event(b, id)) as [number, number, number];
    event(b, 'not used');
    const dag = b.build(b.or([z, b.atLeast(2, [x, y, z])]));
    expect(openPsa(dag, [0.1, 1e-7], "it's")).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<opsa-mef>
<define-fault-tree name="flow">
<define-gate name="top"><label>it&apos;s</label><gate name="g7"/></define-gate>
<define-gate name="g7"><or><basic-event name="e3"/><gate name="g6"/></or></define-gate>
<define-gate name="g6"><atleast min="2"><basic-event name="e1"/><basic-event name="e2"/><basic-event name="e3"/></atleast></define-gate>
</define-fault-tree>
<model-data>
<define-basic-event name="e1"><label>a&lt;b&gt;&amp;&quot;c&quot;</label><float value="0.1"/></define-basic-event>
<define-basic-event name="e2"><label>y\ufffd\ufffd</label><float value="1e-7"/></define-basic-event>
<define-basic-event name="e3"><label>z</label></define-basic-event>
</model-data>
</opsa-mef>
`);
  });

  it('writes what cannot fail as a constant, and a choice as alternatives asked one after another', () => {
    const b = new BooleanDagBuilder();
    expect(openPsa(b.build(0))).toContain('<define-gate name="top"><constant value="false"/></define-gate>');
    const [x, y] = [event(b, 'x'), event(b, 'y')];
    const model = openPsa(b.build(b.oneOf(b.choice([0.25, 0.75]), [x, y])));
    expect(model).toContain('<and><basic-event name="c1-1"/><basic-event name="e1"/></and>');
    expect(model).toContain('<and><not><basic-event name="c1-1"/></not><basic-event name="c1-2"/><basic-event name="e2"/></and>');
    expect(model).toContain('<define-basic-event name="c1-1"><label>alternative 1</label><float value="0.25"/></define-basic-event>');
    expect(model).toContain('<define-basic-event name="c1-2"><label>alternative 2</label><float value="1"/></define-basic-event>');
  });
});
