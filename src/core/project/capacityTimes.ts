/** How long a capacity trial warms up and measures: less in the scenario that is a first look. */
export function capacityTimes(scenarioName: string): {
  readonly warmupSeconds: number;
  readonly durationSeconds: number;
} {
  return { warmupSeconds: 2, durationSeconds: scenarioName === 'quick' ? 5 : 10 };
}
