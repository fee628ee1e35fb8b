import { JPEG_SIGNATURE, jpegParts, jpegSize } from "./jpeg.js";
import { PNG_SIGNATURE, pngParts, pngSize } from "./png.js";

// An image file judged by its bytes, and of it the parts that make its pixels; no pixel is decoded.
// pictures/bytes.py has the same rule, and says it in words.

const FORMATS = {
  png: { signature: PNG_SIGNATURE, size: pngSize, parts: pngParts },
  jpeg: { signature: JPEG_SIGNATURE, size: jpegSize, parts: jpegParts },
};

/** @typedef {keyof typeof FORMATS} Format */

/**
 * "png" or "jpeg" by the first bytes, or undefined.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export const formatOf = (bytes) =>
  /** @type {Format[]} */ (Object.keys(FORMATS)).find((format) =>
    FORMATS[format].signature.every((byte, k) => bytes[k] === byte),
  );

/**
 * {width, height} as the header says; throws where there is none.
 * @param {Format} format
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export const sizeOf = (format, bytes) => FORMATS[format].size(bytes);

/**
 * {parts, orientation}: what makes the pixels, to be put together to a file; throws where the file is not whole.
 * @param {Format} format
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export const partsOf = async (format, bytes) => FORMATS[format].parts(bytes);
