const firstCapacity = 8_192;

/** A set of small natural numbers as a bitmap: one bit for each number up to the largest, however many there are. */
export class NumberSet {
  /** Numbers from here on are not taken: 4 MB of bits, more requests than any trial sends. */
  static readonly limit = 32 * 1024 * 1024;

  #bits = new Uint8Array(firstCapacity / 8);

  /** Whether the number is new. Throws for one that is not in 0 … limit − 1. */
  add(value: number): boolean {
    if (!Number.isInteger(value) || value < 0 || value >= NumberSet.limit)
      throw new RangeError(`${value} cannot be kept in a NumberSet`);
    const index = value >>> 3;
    if (index >= this.#bits.length) this.#grow(index);
    const before = this.#bits[index] ?? 0;
    const bit = 1 << (value & 7);
    this.#bits[index] = before | bit;
    return (before & bit) === 0;
  }

  /** All of them, ascending. */
  toArray(): number[] {
    const values: number[] = [];
    for (const [index, byte] of this.#bits.entries()) {
      for (let bit = 0; byte >>> bit !== 0; bit += 1) {
        if ((byte >>> bit) & 1) values.push(index * 8 + bit);
      }
    }
    return values;
  }

  #grow(index: number): void {
    const grown = new Uint8Array(Math.max(this.#bits.length * 2, index + 1));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
