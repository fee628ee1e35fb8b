import { range } from "../pure/windows.js";

// What PyTorch said when the page was made: a checksum of its windows for each input size. The page computes windows
// from the formula, and takes them for PyTorch's only where they have that checksum.

export class Recorded {
  #same = /** @type {Map<number, boolean>} */ (new Map());

  constructor({ checksums, targets }, rules) {
    this.checksums = checksums;
    this.targets = targets;
    this.rules = rules;
  }

  /** The largest input size, and the largest target of those beyond the sliders, for a sentence. */
  get limits() {
    return { largest: this.checksums.length, targets: this.targets };
  }

  /** Was n -> m compared with PyTorch? */
  has(n, m) {
    return n <= this.checksums.length && (m <= this.targets || m === n);
  }

  windows(n, m) {
    return this.rules.windows("pytorch", n, m);
  }

  /** Are the windows of an input size, to all of its targets, those that PyTorch gave? */
  isSame(n) {
    const same = this.#same.get(n) ?? this.#checksum(n) === this.checksums[n - 1];
    this.#same.set(n, same);
    return same;
  }

  #checksum(n) {
    const targets = [...range(1, this.targets + 1), ...(n > this.targets ? [n] : [])];
    let sum = 1;
    for (const m of targets) {
      const { start, stop } = this.rules.windows("pytorch", n, m);
      for (const ends of [start, stop]) for (const end of ends) sum = (Math.imul(sum, 31) + end) >>> 0;
    }
    return sum;
  }
}
