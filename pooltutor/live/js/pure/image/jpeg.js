import { Damaged, demand, latin, viewOf } from "./bytes.js";
import { orientationOf } from "./exif.js";

// A JPEG file: is it whole, and which of its segments make its pixels?

/** @typedef {{ marker: number; segment: Uint8Array<ArrayBuffer> }} Segment of a JPEG file */

export const JPEG_SIGNATURE = [0xff, 0xd8, 0xff];
const KNOWN_FRAMES = [0xc0, 0xc1, 0xc2];
const TABLES_AMONG_FRAMES = [0xc4, 0xc8, 0xcc];
/** @param {number} marker */
const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && !TABLES_AMONG_FRAMES.includes(marker);
const MARKER = {
  quantization: 0xdb,
  huffman: 0xc4,
  restarts: 0xdd,
  scan: 0xda,
  end: 0xd9,
  jfif: 0xe0,
  exif: 0xe1,
  adobe: 0xee,
};
const PIXEL_MARKERS = [MARKER.quantization, MARKER.huffman, MARKER.restarts, MARKER.scan, MARKER.end];

/**
 * Where the next marker stands, -1 if nowhere; within a scan, ff before 00 or a restart is data.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} from
 */
function nextMarker(bytes, from) {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const code = bytes[at + 1];
    if (code > 0 && code < 0xff && !(code >= 0xd0 && code <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return -1;
}

/**
 * Each segment to the end: {marker, segment}; a scan brings its data.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function* segmentsOf(bytes) {
  let at = nextMarker(bytes, 2);
  while (at >= 0) {
    const marker = bytes[at + 1];
    if (marker === MARKER.end) {
      yield { marker, segment: bytes.subarray(at, at + 2) };
      return;
    }
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    const next = nextMarker(bytes, at + 2 + length);
    demand(next >= 0 && length >= 2 && marker >= 0xc0 && marker !== 0xd8);
    yield { marker, segment: bytes.subarray(at, marker === MARKER.scan ? next : at + 2 + length) };
    at = next;
  }
  throw new Damaged();
}

/**
 * {width, height} as the first frame says; throws where there is none.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function jpegSize(bytes) {
  for (const { marker, segment } of segmentsOf(bytes)) if (isFrame(marker)) return frameSize(segment);
  throw new Damaged();
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export function jpegParts(bytes) {
  const segments = [...segmentsOf(bytes)];
  const frames = segments.filter(({ marker }) => isFrame(marker));
  const inFront = segments.slice(
    0,
    segments.findIndex(({ marker }) => marker === MARKER.scan),
  );
  demand(
    frames.length === 1 &&
      KNOWN_FRAMES.includes(frames[0].marker) &&
      segments.some(({ marker }) => marker === MARKER.scan),
  );
  demand(
    [frames[0].marker, MARKER.quantization, MARKER.huffman].every((wanted) =>
      inFront.some(({ marker }) => marker === wanted),
    ),
  );
  checkFrame(frames[0].segment);
  const exif = inFront.find(
    ({ marker, segment }) => marker === MARKER.exif && latin(segment.subarray(4, 10)) === "Exif\0\0",
  );
  const parts = [bytes.subarray(0, 2), ...segments.filter(makesPixels).map(({ segment }) => segment)];
  return { parts, orientation: orientationOf(exif?.segment.subarray(10)) };
}

/** @param {Uint8Array<ArrayBuffer>} segment */
function frameSize(segment) {
  demand(segment.length >= 9);
  const view = viewOf(segment);
  return { height: view.getUint16(5), width: view.getUint16(7) };
}

/** @param {Uint8Array<ArrayBuffer>} segment */
function checkFrame(segment) {
  const { width, height } = frameSize(segment);
  const components = segment[9];
  demand(
    width && height && segment[4] === 8 && [1, 3, 4].includes(components) && segment.length === 10 + 3 * components,
  );
}

/**
 * Does a segment tell how pixels are decoded? JFIF and Adobe say which colours the components are.
 * @param {Segment} segment
 */
function makesPixels({ marker, segment }) {
  if (marker === MARKER.jfif) return latin(segment.subarray(4, 9)) === "JFIF\0" && segment.length >= 18;
  if (marker === MARKER.adobe) return latin(segment.subarray(4, 9)) === "Adobe" && segment.length >= 16;
  return [...KNOWN_FRAMES, ...PIXEL_MARKERS].includes(marker);
}
