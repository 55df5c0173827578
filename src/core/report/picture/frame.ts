import { variantDashes } from '../../../shared/charts/variantDashes';
import type { ComparisonRecord } from '../../../shared/record';
import { utcMinute } from '../../../shared/utcMinute';
import { Drawing } from './drawing';
import { textWidth } from './letters';
import { look, variantColour } from './look';
import type { Box, Corner } from './raster';

const width = 800;
const margin = 24;
const titleSize = 16;
/** Room below the plot: an axis with a title. */
const below = 44;

export interface FrameOptions {
  readonly title: string;
  /** The unit, and how to read it. */
  readonly subtitle: string;
  /** Of the plot. */
  readonly plotHeight: number;
  /** Room left of the plot. */
  readonly left?: number;
  readonly hasLegend?: boolean;
}

/** A picture with its title, its legend and, at its foot, what run it is of; and the box that is left for the plot. */
export function openFrame(
  record: ComparisonRecord,
  options: FrameOptions,
): { readonly drawing: Drawing; readonly plot: Box } {
  const { title, subtitle, plotHeight, left = 64, hasLegend = true } = options;
  const top = margin + 46 + (hasLegend ? 24 : 0);
  const height = top + plotHeight + below + 34;
  const drawing = new Drawing(width, height, look.ground);
  drawing.text(title, [margin, margin + 6], { size: titleSize, colour: look.text, isBold: true });
  drawing.text(subtitle, [margin, margin + 28], { size: 12, colour: look.muted });
  if (hasLegend) drawLegend(drawing, record, margin + 52);
  const { plan, id, createdAt } = record;
  const foot = `${plan.target} · ${plan.scenario.name} · ${utcMinute(createdAt)} UTC · ${id}`;
  drawing.text(foot, [margin, height - 16], { size: 10, colour: look.muted });
  return { drawing, plot: { left: margin + left, top, right: width - margin - 8, bottom: top + plotHeight } };
}

/** Line and dot of each variant with its name; the baseline is said to be it. */
function drawLegend(drawing: Drawing, { variants }: ComparisonRecord, y: number): void {
  let x = margin;
  for (const [index, { name }] of variants.entries()) {
    const label = index === 0 ? `${name} (baseline)` : name;
    drawing.line(
      [
        [x, y],
        [x + 34, y],
      ],
      variantColour(index),
      { width: 2, dash: variantDashes[index] ?? [] },
    );
    drawDot(drawing, [x + 17, y], index);
    drawing.text(label, [x + 42, y], { size: 12, colour: look.text });
    x += 42 + textWidth(label, 12) + 22;
  }
}

/** The mark of a variant in its own shape: a ring for the baseline, then disc, square and diamond. */
export function drawDot(drawing: Drawing, [x, y]: Corner, variantIndex: number): void {
  const colour = variantColour(variantIndex);
  switch (variantIndex % 4) {
    case 0:
      drawing.ring([x, y], 4, 2, { line: colour, ground: look.ground });
      return;
    case 1:
      drawing.disc([x, y], 4.5, colour);
      return;
    case 2:
      drawing.rectangle({ left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 }, colour);
      return;
    default:
      drawing.polygon(
        [
          [x, y - 5],
          [x + 5, y],
          [x, y + 5],
          [x - 5, y],
        ],
        colour,
      );
  }
}
