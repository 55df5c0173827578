import { spawnSync } from 'node:child_process';

/** Signals a process, or a group by its negative number; that it is gone already, or not ours, is no error. */
export function sendSignal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    // Not yet run. There are no groups and no SIGTERM there: the tree is ended by force, which is all Windows offers.
    spawnSync('taskkill', ['/pid', String(Math.abs(pid)), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) {
      throw error;
    }
  }
}
