/** How the collector plays a Honeybadger that is ill: `--outage MODE`, and `"outage"` of a variant in the project file. */
export const outageModes = ['slow', '429', '500', '413', 'hang', 'refuse'] as const;
export type OutageMode = (typeof outageModes)[number];

/** After how long a slow collector answers. */
export const slowAnswerMs = 2_000;

const words: Readonly<Record<OutageMode, string>> = {
  slow: `answers after ${slowAnswerMs / 1000} s`,
  '429': 'answers 429',
  '500': 'answers 500',
  '413': 'answers 413',
  hang: 'never answers',
  refuse: 'refuses connections',
};

/** Whether a variant meets a Honeybadger that is well. */
export function isHealthy({ outage }: { readonly outage?: OutageMode | undefined }): boolean {
  return outage === undefined;
}

/** `Honeybadger answers 429`: what the app meets in such a variant, for the inside of a sentence. */
export function outageWords(mode: OutageMode): string {
  return `Honeybadger ${words[mode]}`;
}

/** What the variant that meets an outage is called: `with_insights_outage_429`. */
export function outageVariantName(healthy: string, mode: OutageMode): string {
  return `${healthy}_outage_${mode}`;
}

/** The healthy variant's name in that of an outage variant; a name of the user's own stays as it is. */
export function healthyName(name: string, mode: OutageMode): string {
  const suffix = outageVariantName('', mode);
  return name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : name;
}
