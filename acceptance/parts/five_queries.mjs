import { effectOn, effectText } from '../effects.mjs';
import { comparisonMinutes } from '../part.mjs';
import { loadEndpointContributions } from '../product.mjs';

const view = 'GET /api/report/';
const plan = { blocks: 6, trialSeconds: 20, warmupSeconds: 5, rampSeconds: 5, overheadSeconds: 6 };
const endpointContributions = await loadEndpointContributions();

/** @type {import('../part.mjs').Part} */
export const part = {
  about:
    'A view with several queries of 300 characters and more: its cost is found in CPU and in the view’s own latency, and the view is named as the largest contributor',
  showsAllRuns: true,
  runs: ['flask', 'django'].map((target) => ({
    name: target,
    minutes: comparisonMinutes(plan),
    words: [
      ...['run', '.', 'reports', target, '--variants', 'without_insights,with_insights'],
      ...['--seed', '1', '--no-capacity'],
    ],
  })),
  judge: (record) => {
    const [baseline, candidate] = record.variants;
    const [largest] = endpointContributions(record, baseline.name, candidate.name);
    const own = ['latency_mean_ms', 'latency_p50_ms'].map((metric) => effectOn(record, metric, view));
    const effects = [effectOn(record, 'cpu_ms_per_request'), ...own].filter((effect) => effect !== undefined);
    const isFound = effects.length === 3 && effects.every(({ verdict }) => verdict === 'increase');
    const named = largest ? `largest: ${largest.name}, ${largest.contributionMs?.toFixed(2)} ms` : 'no endpoint';
    return {
      isGood: isFound && largest?.name === view,
      text: [...effects.map((effect) => meansText(effect)), named].join('; '),
    };
  },
};

function meansText(effect) {
  const means = `${effect.baselineMean.toFixed(2)} → ${effect.candidateMean.toFixed(2)} ms`;
  return `${effect.scope.kind === 'endpoint' ? 'of the view: ' : ''}${effectText(effect)}, ${means}`;
}
