// Which view of a page a size in its text is about.

/**
 * The view that a size in the text sets: the nearest that was made for this very size, so that no answer is shown
 * elsewhere before it is asked for; else the nearest that shows its windows and has no question; undefined without one.
 * @param {number[][]} sizes input and target, each with one number or two
 * @param {{ made: (number | null)[][][]; free: boolean }[]} views in the order of the page: the sizes that each was made
 *   for, of which a story has several, and whether it may be set to any other
 * @param {number} before how many of them stand before the text
 */
export function viewOfSize(sizes, views, before) {
  const distance = (/** @type {number} */ k) => (k < before ? before - 1 - k : k - before);
  const nearest = views.map((view, k) => ({ view, k })).sort((a, b) => distance(a.k) - distance(b.k) || a.k - b.k);
  const isMade = (/** @type {typeof views[number]} */ { made }) => made.some((each) => String(each) === String(sizes));
  const isFree = (/** @type {typeof views[number]} */ { made, free }) => free && made[0][0].length === sizes[0].length;
  return (nearest.find(({ view }) => isMade(view)) ?? nearest.find(({ view }) => isFree(view)))?.k;
}
