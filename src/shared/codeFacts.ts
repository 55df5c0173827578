import type { ComparisonRecord } from './record';

/** Whose code and which packages each variant ran, where that is what was compared; else nothing. */
export function codeFacts({ variants }: Pick<ComparisonRecord, 'variants'>): readonly { name: string; text: string }[] {
  if (variants.every(({ code }) => code === undefined)) return [];
  const commits = variants.flatMap(({ name, code }) =>
    code?.commit === undefined
      ? []
      : [`${name} = ${code.commit.slice(0, 10)}${code.hasChanges ? ' with changes that are not committed' : ''}`],
  );
  return [
    ...(commits.length === 0 ? [] : [{ name: 'Code', text: commits.join(', ') }]),
    { name: 'Packages that differ', text: differingPackages(variants) },
  ];
}

/** `honeybadger 1.2.4 → 1.3.0, flask none → 3.1.0`; `none`. */
function differingPackages(variants: ComparisonRecord['variants']): string {
  const versions = variants.map(({ code }) => code?.packages ?? {});
  const names = [...new Set(versions.flatMap((each) => Object.keys(each)))].sort();
  return (
    names.map((name) => `${name} ${versions.map((each) => each[name] ?? 'none').join(' → ')}`).join(', ') || 'none'
  );
}
