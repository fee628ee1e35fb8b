// How marks move from where they stood to where they stand, as keyframes. The marks themselves, and what they say, have
// changed already: only what is seen is late.

const SEEN = 0.5; // pixels: less is no motion

/** @param {Attributes} attrs */
const acrossOf = ({ x, width = 0 }) => Number(x) + width / 2;

/**
 * A box as a keyframe.
 * @param {Attributes} attrs
 * @param {Frame} [more]
 * @returns {Frame}
 */
export const boxFrame = ({ x, y, width, height }, more = {}) => ({
  ...{ x: `${x}px`, y: `${y}px`, width: `${width}px`, height: `${height}px` },
  ...more,
});

/**
 * From one box to another; null where nobody would see it.
 * @param {Attributes} before
 * @param {Attributes} after
 * @returns {Frame[] | null}
 */
export function boxFrames(before, after) {
  const isSeen = ["x", "y", "width", "height"].some(
    (side) => Math.abs(Number(before[side]) - Number(after[side])) > SEEN,
  );
  return isSeen ? [boxFrame(before), boxFrame(after)] : null;
}

/**
 * A text from one place to another.
 * @param {Attributes} before
 * @param {Attributes} after
 * @returns {Frame[] | null}
 */
export function textFrames(before, after) {
  const [dx, dy] = [acrossOf(before) - acrossOf(after), Number(before.y) - Number(after.y)];
  if (after.transform || Math.abs(dx) + Math.abs(dy) <= SEEN) return null;
  return [{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "translate(0px, 0px)" }];
}

/**
 * All of a layer, drawn so many times as wide, from a place that stays.
 * @param {number} left
 * @param {number} ratio
 * @returns {Frame[]}
 */
export const stretchFrames = (left, ratio) => [
  { transform: `matrix(${ratio}, 0, 0, 1, ${left * (1 - ratio)}, 0)` },
  { transform: "matrix(1, 0, 0, 1, 0, 0)" },
];

/**
 * A mark that is seen only after a part of the time.
 * @param {string} key
 * @param {number} from
 * @returns {Motion}
 */
export const lateMotion = (key, from) => ({
  key,
  frames: [{ opacity: 0 }, { opacity: 0, offset: from }, { opacity: 1 }],
});

/**
 * From the places of marks before to those after: what was there moves, what is new appears.
 * @param {Map<string, Attributes>} before
 * @param {Map<string, Attributes>} after
 * @returns {Motion[]}
 */
export function motionsBetween(before, after) {
  /** @type {Motion[]} */
  const motions = [];
  for (const [key, attrs] of after) {
    const old = before.get(key);
    if (!old) motions.push(lateMotion(key, 0));
    if (!old) continue;
    const frames = attrs.width === undefined ? textFrames(old, attrs) : boxFrames(old, attrs);
    if (frames) motions.push({ key, frames });
  }
  return motions;
}
