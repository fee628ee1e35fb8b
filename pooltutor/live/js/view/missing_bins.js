import { fill } from "../pure/numbers.js";
import { VIEW } from "../pure/store.js";

// Sizes beyond the tables: the kernel sends their bins, or one sentence refuses and the last known sizes come back.

const PATIENCE_WITH_BINS_MS = 6000;

export class MissingBins {
  constructor(view) {
    this.view = view;
    /** The last sizes whose bins were there; while the kernel is asked for others, they stay on the screen. */
    this.known = view.kind.small;
    if (view.knows()) this.found();
  }

  close() {
    clearTimeout(this.timer);
  }

  /** The bins of the model's sizes are there. */
  found() {
    clearTimeout(this.timer);
    this.known = this.view.asked;
  }

  ask() {
    const { view } = this;
    const asked = { ...view.sizesAsText(), max: view.limits.slider };
    const before = this.known;
    const refuse = (why) => {
      view.change(before, VIEW);
      view.controls.note(fill(why, asked));
    };
    if (view.checker.gone()) return refuse(view.words.too_large_gone);
    this.waitingNote = fill(view.words.asking_bins, asked);
    view.controls.note(this.waitingNote);
    view.checker.changed(2 * PATIENCE_WITH_BINS_MS); // no verdict until the bins are there, or refused
    view.syncControls();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => refuse(view.words.too_large_silent), PATIENCE_WITH_BINS_MS);
  }

  /** Bins have come: the note that they are awaited goes, what else it says stays. */
  stopWaiting() {
    const { controls } = this.view;
    if (controls.noteLine.text === this.waitingNote) controls.note("");
  }
}
