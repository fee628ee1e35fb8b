// Which view of a page a size in its text is about.

/**
 * The view that a size in the text sets: the nearest that was made for this very size, so that no answer is shown
 * elsewhere before it is asked for; else the nearest that shows its windows and has no question; undefined without one.
 * @param {number[][]} sizes input and target, each with one number or two
 * @param {{ input_size: number[]; target_size: (number | null)[]; free: boolean }[]} views in the order of the page
 * @param {number} before how many of them stand before the text
 */
export function viewOfSize(sizes, views, before) {
  const distance = (/** @type {number} */ k) => (k < before ? before - 1 - k : k - before);
  const nearest = views
    .map((view, k) => ({ view, k }))
    .filter(({ view }) => view.input_size.length === sizes[0].length)
    .sort((a, b) => distance(a.k) - distance(b.k) || a.k - b.k);
  const isMade = (/** @type {typeof views[number]} */ { input_size, target_size }) =>
    String([input_size, target_size]) === String(sizes);
  return (nearest.find(({ view }) => isMade(view)) ?? nearest.find(({ view }) => view.free))?.k;
}
