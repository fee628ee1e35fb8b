// What every reader of image files needs: bytes as text and as numbers, and a way to say that a file is damaged.

export class Damaged extends Error {}

/**
 * Throw unless what must hold of a whole file does.
 * @param {unknown} right
 * @returns {asserts right}
 */
export function demand(right) {
  if (!right) throw new Damaged();
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const latin = (bytes) => String.fromCharCode(...bytes);

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
