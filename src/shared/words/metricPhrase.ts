import { metricNamed } from '../metrics';

const shortNames: Readonly<Record<string, string>> = {
  cpu_ms_per_request: 'CPU',
  capacity_cpu_ms_per_request: 'busy CPU',
  latency_mean_ms: 'latency',
  capacity_rps: 'capacity',
  throughput_rps: 'throughput',
  error_rate: 'errors',
};

/** The label as it stands inside a sentence: `CPU per request`, `mean latency`. */
export function metricPhrase(metric: string): string {
  const { label } = metricNamed(metric);
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** The label where there is no room: `CPU`, `latency`, `p95`. */
export function shortMetricName(metric: string): string {
  const { percentile, label } = metricNamed(metric);
  return percentile === null ? (shortNames[metric] ?? label) : `p${percentile}`;
}
