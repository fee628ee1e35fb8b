// Windows as bars in lanes, or hidden: what the pictures of both explorers have in common.

/** @param {Bins} bins */
const longest = ({ start, stop }) => start.reduce((most, from, k) => Math.max(most, stop[k] - from), 0);

/**
 * As many lanes as bars meet in one place; above n always two.
 * @param {{ dual: boolean }} options
 * @param {Bins} feeds
 * @param {Bins} windows
 */
export const laneCount = ({ dual }, feeds, windows) =>
  dual ? Math.max(2, longest(windows)) : Math.max(1, longest(feeds));

/**
 * The box in place of hidden windows; a click on it reveals them, where that may be done.
 * @param {{ hidden: boolean; locked: boolean }} options
 */
export const hiddenClass = ({ hidden, locked }) => (hidden && !locked ? "pt-hidden-box pt-opens" : "pt-hidden-box");
