import type { Corner, Polygon } from './raster';

export interface StrokeOptions {
  readonly width: number;
  /** Lengths of dash and gap in turn; empty: one unbroken line. */
  readonly dash?: readonly number[];
}

/** A line through points as shapes that can be filled: a rectangle per piece and a round joint, all turning the same way. */
export function strokeShape(points: readonly Corner[], { width, dash = [] }: StrokeOptions): readonly Polygon[] {
  const pieces = dash.length === 0 ? [points] : dashed(points, dash);
  const half = width / 2;
  return pieces.flatMap((piece) => [
    ...segmentsOf(piece).map(([from, to]) => rectangle(from, to, half)),
    ...piece.slice(1, -1).map((corner) => disc(corner, half)),
  ]);
}

/** A circle as a polygon. */
export function disc([x, y]: Corner, radius: number): Polygon {
  const corners = Math.max(10, Math.ceil(radius * 3));
  return Array.from({ length: corners }, (_, index): Corner => {
    const angle = (index / corners) * 2 * Math.PI;
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
  });
}

function segmentsOf(points: readonly Corner[]): readonly (readonly [Corner, Corner])[] {
  return points.flatMap((to, index) => {
    const from = points[index - 1];
    return from === undefined || (from[0] === to[0] && from[1] === to[1]) ? [] : [[from, to] as const];
  });
}

/** Clockwise on a screen, as `disc` is. */
function rectangle(from: Corner, to: Corner, half: number): Polygon {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [alongX, alongY] = [((to[0] - from[0]) / length) * half, ((to[1] - from[1]) / length) * half];
  return [
    [from[0] + alongY, from[1] - alongX],
    [to[0] + alongY, to[1] - alongX],
    [to[0] - alongY, to[1] + alongX],
    [from[0] - alongY, from[1] + alongX],
  ];
}

function dashed(points: readonly Corner[], dash: readonly number[]): readonly (readonly Corner[])[] {
  const pieces: Corner[][] = [];
  let index = 0;
  let left = dash[0] ?? Infinity;
  let piece: Corner[] = points[0] === undefined ? [] : [points[0]];
  for (const [from, to] of segmentsOf(points)) {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    let done = 0;
    while (length - done > left) {
      done += left;
      const at: Corner = [from[0] + ((to[0] - from[0]) * done) / length, from[1] + ((to[1] - from[1]) * done) / length];
      if (index % 2 === 0) pieces.push([...piece, at]);
      piece = [at];
      index += 1;
      left = dash[index % dash.length] ?? Infinity;
    }
    left -= length - done;
    if (index % 2 === 0) piece.push(to);
  }
  if (index % 2 === 0 && piece.length > 1) pieces.push(piece);
  return pieces;
}
