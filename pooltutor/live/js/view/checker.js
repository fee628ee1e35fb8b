import { kernelGone, kernelIsNew } from "../pure/kernel.js";
import { REST_MS } from "../pure/store.js";

// The verdict: asks the kernel whether PyTorch agrees with what is displayed. An answer counts only for the
// view and the revision it was asked for, so that an old answer never stands beside a new picture.

const PATIENCE_MS = 1500;
const ROUNDS = 3; // of patience with a kernel that is idle and does not answer
const ROUNDS_UNKNOWN = 12; // with one of which nobody says what it does: it may be loading PyTorch
const POLL_MS = 1000;
let views = 0;

export class Checker {
  /**
   * readClaim() returns the displayed numbers, or {reason} where there is nothing to check; save() sends the
   * state to the kernel; show(verdict, text, revision) puts the verdict on the screen.
   */
  constructor({ model, shared, words, readClaim, save, show }) {
    this.model = model;
    this.shared = shared;
    this.words = words;
    this.readClaim = readClaim;
    this.save = save;
    this.show = show;
    this.view = `${++views}-${Date.now()}`;
    this.revision = 0;
    this.verdict = "unchecked";
    this.onMessage = (message) => this.#hear(message);
    model.on("msg:custom", this.onMessage);
    // A killed kernel is announced; one that is shut down, or a server that is gone, is not.
    this.onLive = () => this.#lookForKernel();
    shared.on?.("comm_live_update", this.onLive);
    this.poll = setInterval(this.onLive, POLL_MS);
  }

  close() {
    this.model.off("msg:custom", this.onMessage);
    this.shared.off?.("comm_live_update", this.onLive);
    clearInterval(this.poll);
    clearTimeout(this.timer);
  }

  /** Something displayed has changed: from now on no earlier answer counts. */
  changed(wait = REST_MS) {
    this.revision++;
    this.loading = false;
    this.#set("checking", this.words.checking);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), wait);
  }

  gone() {
    const gone = kernelGone(this.shared);
    this.wasGone ||= gone; // a break that is over before the next look was one all the same
    return gone;
  }

  #setGone() {
    this.#set("unchecked", this.words.gone + (kernelIsNew(this.shared) ? this.words.run_again : ""));
  }

  /** What the kernel does, as far as the page says it. */
  #status() {
    try {
      return this.shared.widget_manager.kernel.status;
    } catch {
      return undefined;
    }
  }

  #busy() {
    return this.#status() === "busy";
  }

  #set(verdict, text) {
    this.verdict = verdict;
    this.show(verdict, text, this.revision);
  }

  #ask() {
    const claim = this.readClaim();
    if (claim.reason) return this.#set("unchecked", claim.reason);
    if (this.gone()) return this.#setGone();
    try {
      const { buffers = [], ...texts } = claim;
      this.#send({ type: "check", view: this.view, rev: this.revision, claim: texts }, buffers);
      this.save(); // after it: the kernel need not hear of the state to judge what is displayed
    } catch {
      return this.#setGone();
    }
    this.#waitFor(this.#status() ? ROUNDS : ROUNDS_UNKNOWN);
  }

  /** Some front ends throw at once where a message cannot be sent, others say it later. */
  #send(message, buffers) {
    Promise.resolve(this.model.send(message, undefined, buffers)).catch(() => {
      if (message.rev !== this.revision) return;
      clearTimeout(this.timer);
      this.#setGone();
    });
  }

  #waitFor(rounds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.verdict !== "checking") return;
      if (this.gone()) return this.#setGone();
      if (rounds === 0) return this.#set("unchecked", this.words.silent);
      if (this.#busy() && !this.loading) this.#set("checking", this.words.busy);
      this.#waitFor(this.#busy() ? rounds : rounds - 1);
    }, PATIENCE_MS);
  }

  #hear({ type, view, rev, verdict, text }) {
    if (view !== this.view || rev !== this.revision) return;
    this.loading = type === "loading";
    if (this.loading) this.#set("checking", this.words.loading);
    if (type !== "verdict") return;
    clearTimeout(this.timer);
    this.#set(verdict, text);
  }

  // An idle page must not keep an old "agrees" when the kernel goes, nor "not connected" when it is back.
  #lookForKernel() {
    const gone = this.gone();
    if (gone && this.verdict !== "unchecked") this.#setGone();
    if (!gone && this.wasGone) this.changed();
    this.wasGone = gone;
  }
}
