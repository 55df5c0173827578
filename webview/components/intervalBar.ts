import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { ChangeScale, RelativeChange } from '../../src/shared/relativeChange';
import type { Tone } from '../model/tone';

/**
 * An interval as a bar: the zero line, the zone in which a change does not matter, the machine's noise floor as a strip along the foot,
 * the interval, the estimate.
 * Everything horizontal is in percent, so that it fits any width. `label` is what a screen reader says.
 */
export function intervalBar(options: {
  readonly change: RelativeChange;
  readonly scale: ChangeScale;
  readonly tone: Tone;
  readonly label: string;
  /** Half width of the noise floor in percent; null or left out: not known. */
  readonly noise?: number | null;
  /** Prints zero, the ends of the zone and of the axis below the bar. */
  readonly formatTick?: (percent: number) => string;
}): TemplateResult {
  const { change, scale, tone, label, noise = null, formatTick } = options;
  const at = (percent: number): number => ((clamp(percent, scale) - scale.low) / (scale.high - scale.low)) * 100;
  const zone = change.zone;
  return html`<svg class=${`interval-bar tone-${tone} ${formatTick ? 'has-axis' : ''}`} role="img" aria-label=${label}>
    ${
      zone === null
        ? nothing
        : svg`<rect class="zone" x=${`${at(-zone)}%`} width=${`${at(zone) - at(-zone)}%`} y="0" height="20"></rect>`
    }
    ${
      noise === null
        ? nothing
        : svg`<rect class="noise" x=${`${at(-noise)}%`} width=${`${at(noise) - at(-noise)}%`} y="16" height="4"></rect>`
    }
    <line class="axis" x1="0" x2="100%" y1="10" y2="10"></line>
    <line class="zero" x1=${`${at(0)}%`} x2=${`${at(0)}%`} y1="0" y2="20"></line>
    <rect
      class="range"
      x=${`${at(change.low)}%`}
      width=${`${Math.max(0.6, at(change.high) - at(change.low))}%`}
      y="5.5"
      height="9"
      rx="2"
    ></rect>
    ${clipMarks(change, scale)}
    ${
      isInside(change.estimate, scale)
        ? svg`<svg x=${`${at(change.estimate)}%`} y="10" overflow="visible"><rect class="estimate" x="-2" y="-7" width="4" height="14" rx="1"></rect></svg>`
        : nothing
    }
    ${formatTick ? axisTicks(scale, zone, at, formatTick) : nothing}
  </svg>`;
}

/** Arrow heads where the interval goes on beyond the axis. */
function clipMarks(change: RelativeChange, scale: ChangeScale): SVGTemplateResult {
  return svg`${change.low < scale.low ? svg`<path class="clip" d="M0,10 7,4 7,16z"></path>` : nothing}${
    change.high > scale.high
      ? svg`<svg x="100%" overflow="visible"><path class="clip" d="M0,10 -7,4 -7,16z"></path></svg>`
      : nothing
  }`;
}

/** How far apart two numbers below the bar must be, in percent of its width. */
const tickDistance = 34;

/** Zero always; then the ends of the zone and of the axis, where there is room for them. */
function axisTicks(
  scale: ChangeScale,
  zone: number | null,
  at: (percent: number) => number,
  format: (percent: number) => string,
): SVGTemplateResult[] {
  const wanted = [0, ...(zone === null ? [] : [zone, -zone]), scale.high, scale.low];
  const taken: number[] = [];
  return wanted.flatMap((percent) => {
    const x = at(percent);
    if (taken.some((other) => Math.abs(other - x) < tickDistance)) return [];
    taken.push(x);
    const anchor = x < 10 ? 'start' : x > 90 ? 'end' : 'middle';
    return [svg`<text x=${`${x}%`} y="34" text-anchor=${anchor}>${percent === 0 ? '0' : format(percent)}</text>`];
  });
}

function clamp(percent: number, scale: ChangeScale): number {
  return Math.min(scale.high, Math.max(scale.low, percent));
}

function isInside(percent: number, scale: ChangeScale): boolean {
  return percent >= scale.low && percent <= scale.high;
}
