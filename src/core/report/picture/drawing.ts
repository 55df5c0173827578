import { encodePng } from './encodePng';
import { capitalShare, textShape, textWidth } from './letters';
import { Raster, type Box, type Colour, type Corner, type Polygon } from './raster';
import { disc, strokeShape, type StrokeOptions } from './strokes';

/** Pixels of the file for each of the page. */
const pictureScale = 2;

export interface TextOptions {
  readonly size: number;
  readonly colour: Colour;
  /** Which end of the text `x` is; the start unless it says otherwise. */
  readonly align?: 'start' | 'middle' | 'end';
  readonly isBold?: boolean;
}

/** A picture in pixels of the page, from the top left, drawn at twice that. Text is placed by the middle of its capitals. */
export class Drawing {
  readonly #raster: Raster;
  #clip: Box | undefined;

  constructor(
    readonly width: number,
    readonly height: number,
    ground: Colour,
  ) {
    this.#raster = new Raster(width * pictureScale, height * pictureScale, ground);
  }

  png(): Buffer {
    return encodePng(this.#raster, pictureScale);
  }

  /** What `draw` draws outside of the box is cut off. */
  inside(box: Box, draw: () => void): void {
    this.#clip = {
      left: box.left * pictureScale,
      top: box.top * pictureScale,
      right: box.right * pictureScale,
      bottom: box.bottom * pictureScale,
    };
    draw();
    this.#clip = undefined;
  }

  rectangle({ left, top, right, bottom }: Box, colour: Colour): void {
    this.polygon(
      [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ],
      colour,
    );
  }

  polygon(corners: Polygon, colour: Colour): void {
    this.#fill([corners], colour);
  }

  disc(center: Corner, radius: number, colour: Colour): void {
    this.#fill([disc(center, radius)], colour);
  }

  ring(
    center: Corner,
    radius: number,
    width: number,
    colours: { readonly line: Colour; readonly ground: Colour },
  ): void {
    this.disc(center, radius + width / 2, colours.line);
    this.disc(center, radius - width / 2, colours.ground);
  }

  line(points: readonly Corner[], colour: Colour, options: StrokeOptions): void {
    this.#fill(strokeShape(points, options), colour);
  }

  text(text: string, [x, middle]: Corner, { size, colour, align = 'start', isBold = false }: TextOptions): void {
    const width = textWidth(text, size);
    const start = align === 'start' ? x : align === 'middle' ? x - width / 2 : x - width;
    const shape = textShape(text, { x: start, baseline: middle + (size * capitalShare) / 2 }, size);
    if (shape.length === 0) return;
    this.#fill(shape, colour);
    // The font has one weight: a second print beside the first makes it heavier.
    if (isBold)
      this.#fill(
        shape.map((polygon) => polygon.map(([px, py]): Corner => [px + size * 0.035, py])),
        colour,
      );
  }

  #fill(shape: readonly Polygon[], colour: Colour): void {
    const scaled = shape.map((polygon) => polygon.map(([x, y]): Corner => [x * pictureScale, y * pictureScale]));
    this.#raster.fill(scaled, colour, this.#clip);
  }
}
