// Long and real: npm run acceptance [-- PART… | list | table]. Let nothing else run beside it.
// Each part can be broken off and taken up again: the records of finished runs are kept in .insights-comparison/acceptance/.
import { acceptanceTable, familyVerdict, judgedRuns, namesOfFamily, partsList } from './acceptanceTable.mjs';
import { carryOut, keptRecord } from './keptRuns.mjs';
import { loadParts } from './loadParts.mjs';
import { minutesOf } from './part.mjs';

const parts = await loadParts();

/** Carries out what is not kept yet. Returns whether every run ended well and the part is within its limits. */
async function runPart(name) {
  const part = parts.get(name);
  console.log(`\n${name} (about ${Math.round(minutesOf(part))} min): ${part.about}`);
  for (const run of part.runs) {
    try {
      const judged = part.judge(keptRecord(name, run) ?? (await carryOut(name, part, run)), run);
      console.log(`  ${judged.isGood ? 'good' : 'BAD '} ${run.name}: ${judged.text}`);
    } catch (error) {
      console.error(`  ${error.message}`);
      console.error(`  ${name} was broken off; npm run acceptance -- ${name} goes on from here.`);
      return false;
    }
  }
  const kept = new Map([...parts].map(([each, other]) => [each, judgedRuns(each, other)]));
  const { isPassed, text } = familyVerdict(parts, kept, name);
  console.log(`${name}: ${text}: ${isPassed ? 'passed' : 'FAILED'}`);
  return isPassed;
}

/** `aa` stands for all parts of that family. */
const words = process.argv.slice(2).flatMap((word) => {
  const family = namesOfFamily(parts, word);
  return family.length > 0 ? family : [word];
});
const unknown = words.filter((word) => !parts.has(word) && word !== 'list' && word !== 'table');
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${[...parts.keys()].join(', ')}; or list, table.`);
  process.exitCode = 2;
} else if (words.includes('list')) {
  console.log(partsList(parts));
} else {
  const asked = words.includes('table')
    ? []
    : words.length > 0
      ? words
      : [...parts.keys()].filter((name) => !parts.get(name).isApart);
  const passed = [];
  for (const name of asked) passed.push(await runPart(name));
  console.log(`\n${acceptanceTable(parts)}`);
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}
