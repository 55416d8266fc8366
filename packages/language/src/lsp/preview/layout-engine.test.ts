import { describe, expect, it } from 'vitest';
import { workerEngine } from './layout-engine.ts';

const GRAPH = {
  id: 'root',
  layoutOptions: { 'elk.algorithm': 'layered' },
  children: [
    { id: 'a', width: 10, height: 10 },
    { id: 'b', width: 10, height: 10 },
  ],
  edges: [{ id: 'e', sources: ['a'], targets: ['b'] }],
};

describe('the layout engine in a worker', () => {
  it('lays out', async () => {
    const engine = workerEngine();
    const result = await engine.within(30_000).layout(GRAPH);
    engine.dispose();
    const [a, b] = result.children!;
    expect(b!.x! + b!.y!).toBeGreaterThan(a!.x! + a!.y!);
  });

  it('gives up at the deadline and works again afterwards', async () => {
    const engine = workerEngine();
    await expect(engine.within(0).layout(GRAPH)).rejects.toThrow('longer than');
    await expect(engine.within(30_000).layout(GRAPH)).resolves.toMatchObject({ id: 'root' });
    engine.dispose();
  });

  it('says what went wrong', async () => {
    const engine = workerEngine();
    await expect(engine.within(30_000).layout({ ...GRAPH, edges: [{ id: 'e', sources: ['a'], targets: ['gone'] }] })).rejects.toThrow(
      'gone',
    );
    engine.dispose();
  });
});
