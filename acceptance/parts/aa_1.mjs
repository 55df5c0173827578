import { baselineRuns } from '../baselineRuns.mjs';

export const part = baselineRuns(1, 20);
