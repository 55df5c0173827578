import { keptRecord } from './keptRuns.mjs';
import { allGood, minutesOf } from './part.mjs';

/**
 * What is kept of every part, judged anew and put together: a row per part, then one per run that is worth showing.
 * @param {ReadonlyMap<string, import('./part.mjs').Part>} parts
 */
export function acceptanceTable(parts) {
  const kept = new Map([...parts].map(([name, part]) => [name, judgedRuns(name, part)]));
  const partRows = [...parts].map(([name, part]) => {
    const own = kept.get(name);
    const { isPassed, text } = familyVerdict(parts, kept, name);
    const isComplete = own.length === part.runs.length;
    const state = own.length === 0 ? 'not run' : !isPassed ? 'FAILED' : isComplete ? 'passed' : 'unfinished';
    return [name, state, `${own.length} of ${part.runs.length}`, own.length === 0 ? '' : text, softwareOf(own)];
  });
  const runRows = [...parts].flatMap(([name, part]) =>
    kept
      .get(name)
      .filter(({ judged }) => part.showsAllRuns || !judged.isGood)
      .map(({ run, judged }) => [name, run.name, judged.isGood ? 'good' : 'BAD', judged.text]),
  );
  return [
    ...table(['part', 'result', 'runs', 'what was found', 'measured'], partRows),
    '',
    ...(runRows.length > 0 ? table(['part', 'run', '', 'figures'], runRows) : []),
  ].join('\n');
}

/** Whether what is kept of a part's family, complete or not, is within its limits so far. */
export function familyVerdict(parts, kept, name) {
  const part = parts.get(name);
  const members = part.family === undefined ? [name] : namesOfFamily(parts, part.family);
  const judged = members.flatMap((member) => kept.get(member).map((entry) => entry.judged));
  return (part.verdict ?? allGood)(judged);
}

/** The runs of a part that were carried out, each judged by its record. */
export function judgedRuns(name, part) {
  return part.runs.flatMap((run) => {
    const record = keptRecord(name, run);
    return record === null ? [] : [{ run, record, judged: part.judge(record, run) }];
  });
}

/** The parts with what they take: a line each. */
export function partsList(parts) {
  const rows = [...parts].map(([name, part]) => [
    name,
    `${Math.round(minutesOf(part))} min`,
    `${judgedRuns(name, part).length} of ${part.runs.length}`,
    part.about,
  ]);
  const minutes = [...parts.values()].filter(({ isApart }) => !isApart).reduce((sum, part) => sum + minutesOf(part), 0);
  return [
    ...table(['part', 'takes about', 'runs kept', 'about'], rows),
    '',
    `In all about ${Math.round(minutes)} minutes, without what is carried out only when it is named (${namesApart(parts)}).`,
  ].join('\n');
}

function namesApart(parts) {
  return [...parts]
    .filter(([, { isApart }]) => isApart)
    .map(([name]) => name)
    .join(', ');
}

/** The parts that are judged together under this name. */
export function namesOfFamily(parts, family) {
  return [...parts].filter(([, part]) => part.family === family).map(([name]) => name);
}

/** Days and commits that the kept records are of. */
function softwareOf(own) {
  const days = distinct(own.map(({ record }) => record.createdAt.slice(0, 10)));
  const commits = distinct(own.map(({ record }) => record.software.gitCommit?.slice(0, 7) ?? 'no commit'));
  return own.length === 0 ? '' : `${days.join(', ')} at ${commits.join(', ')}`;
}

const distinct = (values) => [...new Set(values)].sort();

function table(header, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}
