/**
 * What a base class leaves to each of its kinds.
 * @returns {any}
 */
export function ownWork() {
  throw new Error("each kind has this of its own");
}
