// Displayed numbers that something other than a view's own drawing changes are a new claim.

const EVERYTHING = { subtree: true, attributes: true, characterData: true, childList: true };

export class TamperWatch {
  /** elements() are those whose numbers are checked; changed() is called when somebody else changes one. */
  constructor(elements, changed) {
    this.elements = elements;
    this.changed = changed;
    this.observer = new MutationObserver(changed);
  }

  close() {
    this.observer.disconnect();
  }

  /** Draw unwatched; what somebody else changed just before still counts. */
  unwatched(draw) {
    const tampered = this.observer.takeRecords().length > 0;
    this.observer.disconnect();
    draw();
    for (const shown of this.elements()) this.observer.observe(shown, EVERYTHING);
    if (tampered) this.changed();
  }
}
