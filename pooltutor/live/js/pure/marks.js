// Marks are what a picture consists of. A picture has hundreds of boxes and texts, so their attributes are written out
// here: to spread one object into another takes a hundred times as long.

/**
 * A box; with a fill where it has a colour of its own.
 * @param {string} style
 * @param {Box & { rx?: number }} box
 * @param {string} [fill]
 */
export function boxAt(style, { x, y, width, height, rx }, fill) {
  /** @type {Attributes} */
  const attrs = { class: style, x, y, width, height };
  if (rx !== undefined) attrs.rx = rx;
  if (fill !== undefined) attrs.fill = fill;
  return attrs;
}

/**
 * @param {string} style
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export const textAt = (style, x, y, size) => ({ class: style, x, y, "font-size": size });

/**
 * A list of marks, and the function that adds to it.
 * @returns {{ marks: Mark[]; add: Add }}
 */
export function markList() {
  /** @type {Mark[]} */
  const marks = [];
  return {
    marks,
    add: (parent, key, tag, attrs, text) => {
      if (parent === key) throw new Error(`${key} is its own parent`);
      keepSliver(attrs);
      marks.push({ key, parent, tag, attrs, text });
    },
  };
}

/**
 * Insets leave nothing of a box thinner than they are; a sliver of it stays.
 * @param {Attributes} attrs
 */
function keepSliver(attrs) {
  if (attrs.width !== undefined) attrs.width = Math.max(attrs.width, 0.5);
  if (attrs.height !== undefined) attrs.height = Math.max(attrs.height, 0.5);
  if (attrs.rx !== undefined) attrs.rx = Math.max(attrs.rx, 0);
}
