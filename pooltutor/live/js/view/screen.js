// How much room a picture has on the screen that there is.

const AROUND = 20; // pixels: between picture and verdict, and below the verdict

/** A larger screen may zoom a view: how many pixels of the page one of its own is. */
export const scaleOf = (root) => root.getBoundingClientRect().width / root.offsetWidth || 1;

const scrolls = (element) =>
  /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight;

/** The element that a view is scrolled in, other than the page itself: a notebook. */
function scrollerOf(element) {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
    if (scrolls(each)) return each;
  return null;
}

/** How high a view may be, in its own pixels: what is left of the notebook, or of the window, below what stands over it. */
function heightFor(root) {
  const scroller = scrollerOf(root);
  const { top } = root.getBoundingClientRect();
  const height = scroller ? scroller.clientHeight : innerHeight;
  const above = scroller ? top - scroller.getBoundingClientRect().top + scroller.scrollTop : top + scrollY;
  return (height - (above < height / 2 ? above : 0)) / scaleOf(root); // further down, it is scrolled to
}

/** How high the picture may be, so that it fits with all that stands over it and what has to be read below it. */
export function roomFor({ root, stage, below }) {
  const scale = scaleOf(root);
  const [view, picture, ...rest] = [root, stage, ...below].map((element) => element.getBoundingClientRect());
  const taken = rest.reduce((sum, { height }) => sum + height, picture.top - view.top);
  return heightFor(root) - taken / scale - AROUND;
}
