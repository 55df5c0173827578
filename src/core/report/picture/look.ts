import type { Colour } from './raster';

/** The colours of the page's light theme: a picture is looked at on paper and in pull requests. */
export const look = {
  ground: colour('#ffffff'),
  text: colour('#1b2330'),
  muted: colour('#59646f'),
  line: colour('#e1e5ea'),
  strongLine: colour('#8a94a1'),
  zone: colour('#5a687a', 0.16),
  warmup: colour('#5a687a', 0.09),
  variants: ['#6b7888', '#2469d6', '#8a45c4', '#0d7f73', '#b0560b', '#b8336a'].map((hex) => colour(hex)),
  tones: {
    worse: colour('#b03a1e'),
    better: colour('#14724e'),
    neutral: colour('#5d6773'),
  },
} as const;

export function variantColour(index: number): Colour {
  return look.variants[index % look.variants.length] ?? look.text;
}

export function faint(of: Colour, opacity: number): Colour {
  return { ...of, opacity: of.opacity * opacity };
}

function colour(hex: string, opacity = 1): Colour {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return { red: part(1), green: part(3), blue: part(5), opacity };
}
