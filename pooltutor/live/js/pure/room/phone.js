// What a phone knows: where the room is, and which of its answers have arrived. No answer is lost with a connection.

/** @typedef {{ step: number, steps: number, content: any, revealed: boolean, given: string }} Place */

const TOLD = ["step", "steps", "content", "revealed", "given"];

export class PhoneState {
  /** Where the room is; undefined before the first word from it. */
  place = /** @type {Place | undefined} */ (undefined);
  /** An answer that has not arrived yet. */
  pending = /** @type {{ step: number, given: string } | undefined} */ (undefined);
  /** The word for what the room did not accept. */
  refused = "";

  /**
   * Hear from the room; say which of these it changes: "step", what else there is to show, or nothing.
   * @param {Partial<Place> & { refused?: string }} change
   * @returns {"step" | "state" | ""}
   */
  hear({ refused, ...change }) {
    const before = this.place;
    const place = /** @type {Place} */ ({
      ...before,
      ...Object.fromEntries(Object.entries(change).filter(([name]) => TOLD.includes(name))),
    });
    this.place = place;
    const isSame = JSON.stringify(place) === JSON.stringify(before);
    this.#settle(place, refused, before?.step !== place.step);
    if (isSame && !refused) return "";
    return before && before.step === place.step && before.revealed === place.revealed ? "state" : "step";
  }

  /**
   * @param {Place} place
   * @param {string | undefined} refused
   * @param {boolean} hasMoved
   */
  #settle(place, refused, hasMoved) {
    const { pending } = this;
    if (refused) {
      this.refused = refused;
      this.pending = undefined;
    } else if (pending && (pending.step !== place.step || place.revealed)) {
      this.refused = "late";
      this.pending = undefined;
    } else if (pending?.given === place.given) this.pending = undefined;
    else if (hasMoved) this.refused = ""; // it was about the step before
  }

  /**
   * The message that answers the open step; it is pending until the room has it.
   * @param {string} given
   */
  answer(given) {
    this.refused = "";
    this.pending = { step: this.place?.step ?? -1, given };
    return this.message;
  }

  /** What is to be sent, also anew over a new connection; undefined where nothing is. */
  get message() {
    return this.pending && { type: "answer", ...this.pending };
  }
}

/**
 * The number by which a phone is counted once, of 16 random bytes: 32 hexadecimal digits.
 * @param {Uint8Array} bytes
 */
export const randomId = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
