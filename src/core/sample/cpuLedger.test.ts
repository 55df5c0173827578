import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCpuLedger, type LedgerEntry } from './cpuLedger';

const entry = (key: string, own: number, children = 0, parent: string | null = null): LedgerEntry => ({
  key,
  parent,
  own,
  children,
});

describe('the CPU ledger', () => {
  test('takes a share that moved into its parent once', () => {
    const ledger = createCpuLedger(0);
    expect(ledger.update([entry('p', 1), entry('c', 5, 0, 'p')])).toBe(6);
    expect(ledger.update([entry('p', 1, 5)])).toBe(6);
    expect(ledger.update([entry('p', 1, 5)])).toBe(6);
  });

  test('bridges the moment in which a share is in neither place', () => {
    const ledger = createCpuLedger(0);
    ledger.update([entry('p', 1), entry('c', 5, 0, 'p')]);
    expect(ledger.update([entry('p', 2)])).toBe(7);
    expect(ledger.update([entry('p', 2, 6)])).toBe(8);
    expect(ledger.update([entry('p', 2, 6)])).toBe(8);
  });

  test('keeps a share that never arrives, and still counts what comes after it', () => {
    const ledger = createCpuLedger(0);
    ledger.update([entry('p', 1), entry('c', 5, 0, 'p')]);
    expect(ledger.update([entry('p', 1)])).toBe(6);
    expect(ledger.update([entry('p', 1)])).toBe(6);
    expect(ledger.update([entry('p', 1, 2)])).toBe(8);
  });

  test('keeps the share of an orphan, and of the whole tree when it ends', () => {
    const ledger = createCpuLedger(0);
    ledger.update([entry('p', 1), entry('o', 5)]);
    expect(ledger.update([entry('p', 1)])).toBe(6);
    expect(ledger.update([entry('p', 4)])).toBe(9);
    expect(ledger.update([])).toBe(9);
  });

  test('hands a share up to the nearest ancestor that lives', () => {
    const ledger = createCpuLedger(0);
    ledger.update([entry('a', 1), entry('b', 2, 0, 'a'), entry('c', 4, 0, 'b')]);
    expect(ledger.update([entry('a', 1, 6)])).toBe(7);
  });

  test('does not take the rounding of a tick for a loss', () => {
    const ledger = createCpuLedger(2);
    ledger.update([entry('p', 1), entry('c', 5, 0, 'p')]);
    ledger.update([entry('p', 1, 4)]);
    ledger.update([entry('p', 1, 4)]);
    expect(ledger.update([entry('p', 3, 4)])).toBe(7);
  });

  test('equals the truth for any life of a tree in which parents wait for their children, and never shrinks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ who: fc.nat(5), what: fc.nat(9), much: fc.nat(20) }), { maxLength: 80 }),
        (steps) => {
          const tree = createModelTree();
          const ledger = createCpuLedger(0);
          let before = 0;
          for (const { who, what, much } of steps) {
            tree.step(who, what, much);
            if (what % 2 === 0) {
              const total = ledger.update(tree.entries());
              expect(total).toBe(tree.truth());
              expect(total).toBeGreaterThanOrEqual(before);
              before = total;
            }
          }
        },
      ),
    );
  });
});

interface Model {
  step(who: number, what: number, much: number): void;
  entries(): LedgerEntry[];
  truth(): number;
}

/** A tree as the kernel keeps it: who ends is waited for at once, so all of its share moves to its parent. */
function createModelTree(): Model {
  interface Node {
    readonly key: string;
    readonly parent: Node | null;
    own: number;
    children: number;
  }
  let nodes: Node[] = [{ key: 'root', parent: null, own: 0, children: 0 }];
  let born = 0;
  let used = 0;
  return {
    step(who, what, much) {
      const node = nodes[who % nodes.length];
      if (node === undefined) {
        return;
      }
      const isLeaf = nodes.every((other) => other.parent !== node);
      if (what < 5) {
        node.own += much;
        used += much;
      } else if (what < 8) {
        born += 1;
        nodes.push({ key: String(born), parent: node, own: 0, children: 0 });
      } else if (isLeaf && node.parent !== null) {
        node.parent.children += node.own + node.children;
        nodes = nodes.filter((other) => other !== node);
      }
    },
    entries: () => nodes.map((node) => entry(node.key, node.own, node.children, node.parent?.key ?? null)),
    truth: () => used,
  };
}
