import { firstThatFits } from "./boxes.js";

// What stands in place of windows, and of all that would give them away, while they are hidden or the rule has none.

/**
 * The box in place of windows; a click on it reveals them, where that may be done.
 * @param {{ hidden: boolean; locked: boolean }} facts
 */
export const hiddenClass = ({ hidden, locked }) => (hidden && !locked ? "pt-hidden-box pt-opens" : "pt-hidden-box");

/**
 * In place of one number.
 * @param {{ hidden: boolean }} facts
 */
export const unknownMark = ({ hidden }) => (hidden ? "?" : "–");

/**
 * How to reveal windows, in as many words as there is room for, or that they stay hidden.
 * @param {{ locked: boolean }} facts
 * @param {{ hidden: string; hidden_short: string; hidden_shortest: string; hidden_locked: string }} words
 * @param {number} room
 * @param {number} letters
 */
export const revealText = ({ locked }, words, room, letters) =>
  locked
    ? words.hidden_locked
    : firstThatFits([words.hidden, words.hidden_short, words.hidden_shortest], room, letters);
