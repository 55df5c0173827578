import { baselineRuns } from '../baselineRuns.mjs';

export const part = baselineRuns(21, 40);
