import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Raster, type Colour, type Polygon } from './raster';
import { disc, strokeShape } from './strokes';

const white: Colour = { red: 255, green: 255, blue: 255, opacity: 1 };
const black: Colour = { red: 0, green: 0, blue: 0, opacity: 1 };

/** How much ink there is, in pixels. */
function ink(raster: Raster): number {
  let sum = 0;
  for (let at = 0; at < raster.pixels.length; at += 4) sum += (255 - (raster.pixels[at] ?? 0)) / 255;
  return sum;
}

function drawn(shape: readonly Polygon[], colour = black): Raster {
  const raster = new Raster(40, 30, white);
  raster.fill(shape, colour);
  return raster;
}

function areaOf(polygon: Polygon): number {
  return Math.abs(
    polygon.reduce((sum, [x, y], index) => {
      const [nextX = 0, nextY = 0] = polygon[(index + 1) % polygon.length] ?? [];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );
}

describe('filling a shape', () => {
  test('covers whole pixels wholly and parts of pixels by their share', () => {
    const raster = drawn([
      [
        [2, 3],
        [6.5, 3],
        [6.5, 5.25],
        [2, 5.25],
      ],
    ]);
    const at = (x: number, y: number): number => raster.pixels[(y * 40 + x) * 4] ?? -1;
    expect([at(1, 3), at(2, 3), at(5, 4), at(6, 3), at(7, 3)]).toEqual([255, 0, 0, 128, 255]);
    expect([at(3, 5), at(6, 5), at(3, 6)]).toEqual([191, 223, 255]);
  });

  test('of any triangle has as much ink as its area, whichever way it turns', () => {
    const coordinate = (limit: number): fc.Arbitrary<number> => fc.double({ min: 1, max: limit - 1, noNaN: true });
    const corner = fc.tuple(coordinate(40), coordinate(30));
    fc.assert(
      fc.property(fc.tuple(corner, corner, corner), (triangle) => {
        for (const way of [triangle, [...triangle].reverse()]) {
          // Each touched pixel is rounded to 1/255.
          expect(Math.abs(ink(drawn([way])) - areaOf(triangle))).toBeLessThan(0.9);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('cuts off what lies outside of the picture or of a box', () => {
    const large: Polygon = [
      [-50, -50],
      [90, -50],
      [90, 90],
      [-50, 90],
    ];
    expect(ink(drawn([large]))).toBeCloseTo(40 * 30, 1);
    const raster = new Raster(40, 30, white);
    raster.fill([large], black, { left: 10, top: 10, right: 20, bottom: 15 });
    expect(ink(raster)).toBeCloseTo(50, 1);
  });

  test('counts parts that overlap once', () => {
    const square: Polygon = [
      [5, 5],
      [15, 5],
      [15, 15],
      [5, 15],
    ];
    expect(ink(drawn([square, square]))).toBeCloseTo(100, 1);
  });

  test('mixes a colour by its opacity', () => {
    expect(
      ink(
        drawn(
          [
            [
              [0, 0],
              [10, 0],
              [10, 10],
              [0, 10],
            ],
          ],
          { ...black, opacity: 0.5 },
        ),
      ),
    ).toBeCloseTo(50, 0);
  });
});

describe('a line', () => {
  test('has its length times its width, in any direction', () => {
    for (const to of [
      [30, 5],
      [5, 25],
      [30, 25],
      [28, 8],
    ] as const) {
      const length = Math.hypot(to[0] - 5, to[1] - 5);
      expect(ink(drawn(strokeShape([[5, 5], to], { width: 2 })))).toBeCloseTo(length * 2, 0);
    }
  });

  test('with dashes has the share of them', () => {
    const ofDashes = ink(
      drawn(
        strokeShape(
          [
            [2, 5],
            [34, 5],
          ],
          { width: 2, dash: [4, 4] },
        ),
      ),
    );
    expect(ofDashes).toBeCloseTo(32, 0);
  });

  test('of one point is nothing', () => {
    expect(strokeShape([[5, 5]], { width: 2 })).toEqual([]);
    expect(strokeShape([], { width: 2, dash: [1, 1] })).toEqual([]);
  });
});

test('a disc is as large as a circle', () => {
  expect(ink(drawn([disc([15, 15], 8)]))).toBeGreaterThan(Math.PI * 64 * 0.97);
});
