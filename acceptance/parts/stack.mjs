import { effectOn, effectText } from '../effects.mjs';
import { comparisonMinutes } from '../part.mjs';

const fullSize = {
  blocks: 5,
  trialSeconds: 15,
  warmupSeconds: 3,
  rampSeconds: 10,
  capacitySeconds: 10,
  overheadSeconds: 8,
};

/** @type {import('../part.mjs').Part} */
export const part = {
  about:
    'The samples on real MariaDB, Redis and Celery at medium_load: tasks executed, the same rows inserted by both variants, celery.task_finished from the worker of the candidate and none from the one of the baseline',
  showsAllRuns: true,
  runs: ['flask', 'django'].map((target) => ({
    name: target,
    minutes: comparisonMinutes(fullSize),
    words: ['run', '.', 'medium_load', target, '--stack', 'mysql-redis', '--blocks', '5'],
  })),
  judge: (record) => {
    const [without, with_] = ['without_insights', 'with_insights'].map((name) => workOf(record, name));
    const isGood =
      record.status === 'complete' &&
      record.trials.every(({ verification }) => verification.ok === true) &&
      [without, with_].every(({ rows }) => rows > 0) &&
      with_.finished > 0 &&
      without.finished === 0 &&
      !record.warnings.some(({ code }) => code === 'rows_differ' || code === 'tasks_left');
    return {
      isGood,
      text: `${record.status}; ${workText('without', without)}; ${workText('with', with_)}; ${effectText(effectOn(record, 'cpu_ms_per_request'))}`,
    };
  },
};

/** What all trials of a variant did together. */
function workOf({ trials }, variant) {
  const own = trials.filter((trial) => trial.variant === variant);
  const sum = (values) => values.reduce((total, each) => total + each, 0);
  return {
    requests: sum(own.map(({ requestsSent }) => requestsSent)),
    rows: sum(own.flatMap(({ rowsAdded = {} }) => Object.values(rowsAdded))),
    finished: sum(own.map(({ verification }) => verification.eventsByType?.['celery.task_finished'] ?? 0)),
    left: sum(own.flatMap(({ backlog = {} }) => Object.values(backlog))),
  };
}

function workText(name, { requests, rows, finished, left }) {
  return `${name}: ${requests} requests, ${rows} rows, ${finished} task events, ${left} tasks left`;
}
