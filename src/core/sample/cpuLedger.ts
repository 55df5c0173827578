/** One process at one reading. `parent` is the key of its parent, whether that is in the tree or not. */
export interface LedgerEntry {
  readonly key: string;
  readonly parent: string | null;
  /** Used by the process itself. */
  readonly own: number;
  /** Used by children that ended and were waited for, as the kernel keeps it with their parent. */
  readonly children: number;
}

export interface CpuLedger {
  /** Takes one reading, parents before their children, and returns what the tree has used so far. Never less than before. */
  update(entries: readonly LedgerEntry[]): number;
}

interface Account {
  entry: LedgerEntry;
  /** Where `children` must arrive once every child that we saw end has been waited for; null when nothing is expected. */
  expected: number | null;
}

/**
 * Adds up a counter over a process tree whose members come and go, so that the sum only grows and nothing counts twice.
 *
 * The sum is own + children of all live members. When a member ends, the kernel moves its share into `children` of whoever
 * waits for it: usually its parent, so the sum stays right by itself. Two things can go wrong, and are mended here:
 * - the share is not there yet (ended, waited for a moment after its parent was read): the parent counts as holding what
 *   it will hold, until the next reading;
 * - the share never arrives (an orphan that init waited for, a parent that ignores SIGCHLD): it is kept here for good.
 * Readings must take parents before their children: then no share is seen both in a child and in its parent.
 *
 * `tolerance` is how much a share may fall short by rounding alone (two ticks): no loss is booked below it.
 */
export function createCpuLedger(tolerance: number): CpuLedger {
  let accounts = new Map<string, Account>();
  let kept = 0;
  let highest = 0;

  return {
    update(entries) {
      const now = new Map(entries.map((entry) => [entry.key, entry]));
      for (const account of accounts.values()) {
        const entry = now.get(account.entry.key);
        if (account.expected !== null && entry !== undefined) {
          kept += lossOf(account.expected, entry.children, tolerance);
        }
      }
      const shares = sharesOfEnded(accounts, now);
      kept += shares.get(null) ?? 0;
      let total = kept;
      const next = new Map<string, Account>();
      for (const entry of entries) {
        const before = accounts.get(entry.key)?.entry;
        const share = shares.get(entry.key);
        const expected = share === undefined || before === undefined ? null : before.children + share;
        total += entry.own + Math.max(entry.children, expected ?? 0);
        next.set(entry.key, { entry, expected });
      }
      accounts = next;
      highest = Math.max(highest, total);
      return highest;
    },
  };
}

function lossOf(expected: number, arrived: number, tolerance: number): number {
  const missing = expected - arrived;
  return missing > tolerance ? missing : 0;
}

/** What the members that ended had used when last seen, by their nearest ancestor that lives (null: none does). */
function sharesOfEnded(
  accounts: ReadonlyMap<string, Account>,
  now: ReadonlyMap<string, LedgerEntry>,
): Map<string | null, number> {
  const shares = new Map<string | null, number>();
  for (const account of accounts.values()) {
    if (now.has(account.entry.key)) {
      continue;
    }
    let heir = account.entry.parent;
    while (heir !== null && !now.has(heir)) {
      heir = accounts.get(heir)?.entry.parent ?? null;
    }
    const share = account.entry.own + Math.max(account.entry.children, account.expected ?? 0);
    shares.set(heir, (shares.get(heir) ?? 0) + share);
  }
  return shares;
}
