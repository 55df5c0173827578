import type { BenchOptions, BenchResult } from './benchOptions';
import { generatorCpu } from './load/generatorCpu';
import { wrkAgreement } from './load/wrkAgreement';

/** The load generator: what it costs beside Locust, and whether its latencies are those that wrk sees. About 6 minutes. */
export async function bench(options: BenchOptions): BenchResult {
  const python = process.env['INSIGHTS_COMPARISON_SAMPLE_PYTHON'] ?? 'python3';
  const isLatencyRight = await wrkAgreement(options, python);
  const isCheap = await generatorCpu(options, python);
  return isLatencyRight && isCheap;
}
