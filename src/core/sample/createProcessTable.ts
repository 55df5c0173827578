import { createPidusageTable } from './pidusageTable';
import { createPowerShellTable } from './powerShellTable';
import { withFallback, type ProcessTable } from './processTable';
import { hasProcFs } from './procFiles';
import { createPsTable } from './psTable';

/**
 * How processes are listed on this platform; null where there is /proc, which is read process by process. A tool that fails
 * makes way for pidusage.
 */
export function createProcessTable(
  platform: NodeJS.Platform = process.platform,
  hasProc: boolean = hasProcFs,
): ProcessTable | null {
  if (hasProc) return null;
  if (platform === 'darwin') return withFallback(createPsTable(), createPidusageTable());
  if (platform === 'win32') return withFallback(createPowerShellTable(), createPidusageTable());
  return createPidusageTable();
}
