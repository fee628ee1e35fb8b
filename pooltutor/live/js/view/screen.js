// How much room a picture has on the screen that there is.

const AROUND = 20; // pixels: between picture and verdict, and below the verdict

/** A larger screen may zoom a view: how many pixels of the page one of its own is. */
const scaleOf = (root) => root.getBoundingClientRect().width / root.offsetWidth || 1;

const scrolls = (element) =>
  /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight;

/** The element that a view is scrolled in, other than the page itself: a notebook. */
function scrollerOf(element) {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
    if (scrolls(each)) return each;
  return null;
}

/** How high a view may be, in its own pixels: as high as its notebook, or as the window below what stands over it. */
function heightFor(root) {
  const scale = scaleOf(root);
  const scroller = scrollerOf(root);
  if (scroller) return scroller.clientHeight / scale;
  const above = root.getBoundingClientRect().top + scrollY;
  return (innerHeight - (above < innerHeight / 2 ? above : 0)) / scale; // further down, it is scrolled to
}

/** How high the picture may be, so that it fits with all that stands over it and the line of the verdict below. */
export function roomFor({ root, stage, foot }) {
  const scale = scaleOf(root);
  const [view, picture, below] = [root, stage, foot].map((element) => element.getBoundingClientRect());
  return heightFor(root) - (picture.top - view.top + below.height) / scale - AROUND;
}
