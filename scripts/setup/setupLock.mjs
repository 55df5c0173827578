import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;
/** A lock file is created and filled at once; one that stays empty this long was left by a crash in between. */
const emptyIsStaleMs = 5_000;

/**
 * Runs `work` while no other set-up of this user does. A lock whose holder is gone does not count.
 * @template T
 * @param {string} file
 * @param {(sentence: string) => void} say told once when it has to wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(file, say, work) {
  mkdirSync(dirname(file), { recursive: true });
  let hasSaid = false;
  while (!tryToTake(file)) {
    const holder = readHolder(file);
    if (isGone(holder, file)) {
      // Only what was looked at is taken away: another waiter may have replaced it in the meantime.
      if (readHolder(file) === holder) rmSync(file, { force: true });
      continue;
    }
    if (!hasSaid)
      say(`waiting for another set-up to finish (process ${holder.split(' ')[0]}; if there is none, delete ${file})`);
    hasSaid = true;
    await delay(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryToTake(file) {
  try {
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function readHolder(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * @param {string} holder
 * @param {string} file
 */
function isGone(holder, file) {
  if (holder === '') {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs > emptyIsStaleMs;
  }
  const [pid, start] = holder.split(' ');
  return !isAlive(Number(pid)) || startOf(Number(pid)) !== start;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * When a process started, in ticks since boot: tells it from a later one that got the same id.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): field 22; the name in parentheses, which may hold spaces, is field 2.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
