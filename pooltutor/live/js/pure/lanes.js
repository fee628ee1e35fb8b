// Windows as bars in lanes: in how many, in the pictures of both explorers.

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
