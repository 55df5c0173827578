/** A corner of a shape, in pixels from the top left. */
export type Corner = readonly [x: number, y: number];
/** Closed by itself: the last corner is joined to the first. */
export type Polygon = readonly Corner[];

/** Red, green and blue from 0 to 255, opacity from 0 to 1. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly opacity: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A picture of pixels that shapes are filled into with smooth edges. Each pixel gets as much of a shape's colour as the shape covers of it: the
 * signed areas under its edges, summed from left to right (the accumulation buffer of Raph Levien's font-rs, 2016). Overlapping parts of one shape
 * must turn the same way; they count once.
 */
export class Raster {
  /** RGBA, row by row. */
  readonly pixels: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
    ground: Colour,
  ) {
    this.pixels = new Uint8Array(width * height * 4);
    for (let at = 0; at < this.pixels.length; at += 4) {
      this.pixels[at] = ground.red;
      this.pixels[at + 1] = ground.green;
      this.pixels[at + 2] = ground.blue;
      this.pixels[at + 3] = 255;
    }
  }

  /** All of `shape` in one go; what lies outside of `clip` is cut off. */
  fill(shape: readonly Polygon[], colour: Colour, clip: Box = this.whole): void {
    const inside = shape.map((polygon) => clipped(polygon, clip)).filter((polygon) => polygon.length > 2);
    if (inside.length === 0) return;
    const box = boundsOf(inside);
    const [left, top] = [Math.floor(box.left), Math.floor(box.top)];
    // Two columns more: an edge at the right end still tells the pixel beyond it.
    const columns = Math.ceil(box.right) - left + 2;
    const rows = Math.max(1, Math.ceil(box.bottom) - top);
    const cover = new Float32Array(columns * rows + 2);
    for (const polygon of inside) {
      let previous = polygon[polygon.length - 1];
      for (const corner of polygon) {
        if (previous) addEdge(cover, { columns, rows }, moved(previous, left, top), moved(corner, left, top));
        previous = corner;
      }
    }
    this.#blend(cover, { left, top, columns, rows }, colour);
  }

  get whole(): Box {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  #blend(
    cover: Float32Array,
    place: { readonly left: number; readonly top: number; readonly columns: number; readonly rows: number },
    { red, green, blue, opacity }: Colour,
  ): void {
    for (let row = 0; row < place.rows; row += 1) {
      const y = place.top + row;
      if (y < 0 || y >= this.height) continue;
      let sum = 0;
      for (let column = 0; column < place.columns; column += 1) {
        sum += cover[row * place.columns + column] ?? 0;
        const share = Math.min(1, Math.abs(sum)) * opacity;
        const x = place.left + column;
        if (share < 1 / 512 || x < 0 || x >= this.width) continue;
        const at = (y * this.width + x) * 4;
        this.#mix(at, red, share);
        this.#mix(at + 1, green, share);
        this.#mix(at + 2, blue, share);
      }
    }
  }

  #mix(at: number, value: number, share: number): void {
    const old = this.pixels[at] ?? 0;
    this.pixels[at] = Math.round(old + (value - old) * share);
  }
}

/** The area left of an edge, row by row, as steps that a running sum turns into coverage. */
function addEdge(
  cover: Float32Array,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  from: Corner,
  to: Corner,
): void {
  if (from[1] === to[1]) return;
  const direction = from[1] < to[1] ? 1 : -1;
  const [upper, lower] = direction === 1 ? [from, to] : [to, from];
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
  let x = upper[0];
  for (let row = Math.max(0, Math.floor(upper[1])); row < Math.min(rows, Math.ceil(lower[1])); row += 1) {
    const height = Math.min(row + 1, lower[1]) - Math.max(row, upper[1]);
    const next = x + slope * height;
    addStep(cover, row * columns, { from: Math.min(x, next), to: Math.max(x, next), area: height * direction });
    x = next;
  }
}

/** Of one row: an edge that goes from one x to another covers `area` of everything right of it, and a part of the pixels that it crosses. */
function addStep(
  cover: Float32Array,
  start: number,
  { from, to, area }: { readonly from: number; readonly to: number; readonly area: number },
): void {
  const first = Math.floor(from);
  const last = Math.max(first + 1, Math.ceil(to));
  const add = (column: number, amount: number): void => {
    const at = start + column;
    cover[at] = (cover[at] ?? 0) + amount;
  };
  if (last === first + 1) {
    const middle = (from + to) / 2 - first;
    add(first, area * (1 - middle));
    add(first + 1, area * middle);
    return;
  }
  // The covered part of each pixel is the integral over the edge; a step is the difference from one to the next.
  const coveredUpTo = (column: number): number => {
    const at = Math.min(Math.max(column, from), to) - from;
    return (at * at) / (2 * (to - from)) + Math.max(0, column - to);
  };
  let before = 0;
  for (let column = first; column < last; column += 1) {
    const covered = coveredUpTo(column + 1) - coveredUpTo(column);
    add(column, area * (covered - before));
    before = covered;
  }
  add(last, area * (1 - before));
}

/** The part of a polygon inside a box (Sutherland & Hodgman 1974). */
function clipped(polygon: Polygon, { left, top, right, bottom }: Box): Polygon {
  const sides: readonly { readonly axis: 0 | 1; readonly limit: number; readonly sign: 1 | -1 }[] = [
    { axis: 0, limit: left, sign: 1 },
    { axis: 0, limit: right, sign: -1 },
    { axis: 1, limit: top, sign: 1 },
    { axis: 1, limit: bottom, sign: -1 },
  ];
  let corners: readonly Corner[] = polygon;
  for (const { axis, limit, sign } of sides) {
    if (corners.every((corner) => (corner[axis] - limit) * sign >= 0)) continue;
    const kept: Corner[] = [];
    let previous = corners[corners.length - 1];
    for (const corner of corners) {
      if (previous === undefined) break;
      const [wasIn, isIn] = [(previous[axis] - limit) * sign >= 0, (corner[axis] - limit) * sign >= 0];
      if (wasIn !== isIn) kept.push(crossing(previous, corner, axis, limit));
      if (isIn) kept.push(corner);
      previous = corner;
    }
    corners = kept;
  }
  return corners;
}

function crossing(from: Corner, to: Corner, axis: 0 | 1, limit: number): Corner {
  const share = (limit - from[axis]) / (to[axis] - from[axis]);
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function boundsOf(polygons: readonly Polygon[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    for (const [x, y] of polygon) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, right, bottom };
}

function moved([x, y]: Corner, left: number, top: number): Corner {
  return [x - left, y - top];
}
