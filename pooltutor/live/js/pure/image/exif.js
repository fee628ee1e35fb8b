import { latin, viewOf } from "./bytes.js";

// Which way up a camera held the picture, as the EXIF data of a PNG or JPEG file says it.

const ORIENTATION = 0x0112;
const SHORT_NUMBER = 3;

/**
 * The orientation that EXIF data says, or 1, upright, where it says none.
 * @param {Uint8Array<ArrayBuffer> | undefined} exif
 */
export function orientationOf(exif) {
  if (!exif) return 1;
  const order = latin(exif.subarray(0, 4));
  if (order !== "II*\0" && order !== "MM\0*") return 1;
  const little = order === "II*\0";
  const view = viewOf(exif);
  try {
    const at = view.getUint32(4, little);
    const count = view.getUint16(at, little);
    for (let k = 0, entry = at + 2; k < count; k++, entry += 12) {
      const number = view.getUint16(entry + 8, little);
      if (view.getUint16(entry, little) !== ORIENTATION) continue;
      const plain = view.getUint16(entry + 2, little) === SHORT_NUMBER && view.getUint32(entry + 4, little) === 1;
      return plain && number >= 1 && number <= 8 ? number : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // else it is cut off
  }
  return 1;
}
