import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawOrder } from './drawOrder';

const variants = ['a', 'b', 'c'];

describe('order of the trials', () => {
  test('every block holds every variant once per kind, the variants of a kind back to back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 15 }),
        (seed, count, blocks) => {
          const names = variants.slice(0, count);
          const order = drawOrder({ variants: names, blocks, hasCapacity: true, seed });
          expect(order).toHaveLength(blocks);
          for (const block of order) {
            const kinds = block.map(({ kind }) => kind);
            expect(kinds.slice(0, count).every((kind) => kind === kinds[0])).toBe(true);
            for (const kind of ['scenario', 'capacity'] as const) {
              expect(
                block
                  .filter((trial) => trial.kind === kind)
                  .map(({ variant }) => variant)
                  .sort(),
              ).toEqual(names);
            }
          }
        },
      ),
    );
  });

  test('is balanced: over an even number of blocks each of two variants goes first equally often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 8 }), (seed, half) => {
        const order = drawOrder({ variants: ['a', 'b'], blocks: half * 2, hasCapacity: true, seed });
        for (const kind of ['scenario', 'capacity'] as const) {
          const first = order.filter((block) => block.find((trial) => trial.kind === kind)?.variant === 'a');
          expect(first).toHaveLength(half);
        }
        expect(order.filter((block) => block[0]?.kind === 'scenario')).toHaveLength(half);
      }),
    );
  });

  test('is drawn by the seed: the same again, and another for another seed', () => {
    const draw = (seed: number): string => JSON.stringify(drawOrder({ variants, blocks: 15, hasCapacity: true, seed }));
    expect(draw(1)).toBe(draw(1));
    expect(draw(1)).not.toBe(draw(2));
  });

  test('of more blocks begins with that of fewer, so that blocks can be added while a comparison is on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 0, max: 20 }),
        (seed, blocks, more) => {
          const draw = (count: number): unknown => drawOrder({ variants, blocks: count, hasCapacity: true, seed });
          expect(draw(blocks)).toEqual((draw(blocks + more) as unknown[]).slice(0, blocks));
        },
      ),
    );
  });

  test('leaves capacity out when told', () => {
    const order = drawOrder({ variants, blocks: 2, hasCapacity: false, seed: 1 });
    expect(order.flat().every(({ kind }) => kind === 'scenario')).toBe(true);
  });
});
