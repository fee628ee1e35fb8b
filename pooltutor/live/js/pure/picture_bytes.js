// A PNG or JPEG file judged by its bytes, and of it the parts that make its pixels; no pixel is decoded.
// pictures/bytes.py has the same rule, and says it in words.

/** @type {ImageKind[]} */
const KINDS_OF_IMAGE = ["png", "jpeg"];
/** @type {Record<ImageKind, number[]>} */
const SIGNATURES = { png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], jpeg: [0xff, 0xd8, 0xff] };
/** @param {Uint8Array<ArrayBuffer>} bytes */
const latin = (bytes) => String.fromCharCode(...bytes);

/**
 * @typedef {"png" | "jpeg"} ImageKind
 * @typedef {{ name: string; content: Uint8Array<ArrayBuffer>; chunk: Uint8Array<ArrayBuffer> }} Chunk of a PNG file
 * @typedef {{ width: number; height: number; depth: number; colour: number; interlaced: number }} Header of a PNG file
 * @typedef {{ marker: number; segment: Uint8Array<ArrayBuffer> }} Segment of a JPEG file
 */

class Damaged extends Error {}

/**
 * @param {unknown} right
 * @returns {asserts right}
 */
function demand(right) {
  if (!right) throw new Damaged();
}

/**
 * "png" or "jpeg" by the first bytes, or undefined.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export const kindOf = (bytes) => KINDS_OF_IMAGE.find((kind) => SIGNATURES[kind].every((byte, k) => bytes[k] === byte));

/**
 * {width, height} as the header says; throws where there is none.
 * @param {ImageKind} kind
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function sizeOf(kind, bytes) {
  if (kind === "png") {
    demand(bytes.length >= 24 && latin(bytes.subarray(12, 16)) === "IHDR");
    const view = viewOf(bytes);
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  for (const { marker, segment } of segmentsOf(bytes)) if (isFrame(marker)) return frameSize(segment);
  throw new Damaged();
}

/**
 * {parts, orientation}: what makes the pixels, to be put together to a file; throws where the file is not whole.
 * @param {ImageKind} kind
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export const partsOf = async (kind, bytes) => (kind === "png" ? pngParts(bytes) : jpegParts(bytes));

/** @param {Uint8Array<ArrayBuffer>} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

// PNG -------------------------------------------------------------------------------------------------------

const CRITICAL = ["IHDR", "PLTE", "IDAT", "IEND"];
const DEPTHS = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]); // by the type of colour
const SAMPLES = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);
const PASSES = [
  [0, 0, 8, 8],
  [0, 4, 8, 8],
  [4, 0, 8, 4],
  [0, 2, 4, 4],
  [2, 0, 4, 2],
  [0, 1, 2, 2],
  [1, 0, 2, 1],
];

const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** @param {Uint8Array<ArrayBuffer>} bytes */
function checksumOf(bytes) {
  let sum = 0xffffffff;
  for (let k = 0; k < bytes.length; k++) sum = CHECKSUMS[(sum ^ bytes[k]) & 0xff] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/**
 * Each chunk to IEND: {name, content, chunk}.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function chunksOf(bytes) {
  const view = viewOf(bytes);
  /** @type {Chunk[]} */
  const chunks = [];
  for (let at = SIGNATURES.png.length, end = 0; chunks.at(-1)?.name !== "IEND"; at = end) {
    demand(at + 12 <= bytes.length);
    end = at + 12 + view.getUint32(at);
    demand(end <= bytes.length && checksumOf(bytes.subarray(at + 4, end - 4)) === view.getUint32(end - 4));
    chunks.push({
      name: latin(bytes.subarray(at + 4, at + 8)),
      content: bytes.subarray(at + 8, end - 4),
      chunk: bytes.subarray(at, end),
    });
  }
  return chunks;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function pngParts(bytes) {
  const chunks = chunksOf(bytes);
  const names = chunks.map(({ name }) => name);
  const [from, to] = [names.indexOf("IDAT"), names.lastIndexOf("IDAT") + 1];
  const known = (/** @type {string} */ name) => name.charCodeAt(0) & 0x20 || CRITICAL.includes(name);
  demand(names.lastIndexOf("IHDR") === 0 && from > 0 && names.every(known) && !chunks.at(-1)?.content.length);
  const pixels = chunks.slice(from, to);
  demand(pixels.every(({ name }) => name === "IDAT"));
  const first = (/** @type {string} */ wanted) => chunks.slice(0, from).find(({ name }) => name === wanted);
  const header = headerOf(chunks[0].content);
  const tables = pixelTables(header, first("PLTE"), first("tRNS"));
  await checkLines(
    header,
    pixels.map(({ content }) => content),
  );
  const kept = [chunks[0], ...tables, ...pixels, ...chunks.slice(-1)];
  return {
    parts: [Uint8Array.from(SIGNATURES.png), ...kept.map(({ chunk }) => chunk)],
    orientation: orientationOf(first("eXIf")?.content),
  };
}

/** @param {Uint8Array<ArrayBuffer>} content */
function headerOf(content) {
  demand(content.length === 13);
  const view = viewOf(content);
  const [depth, colour, compression, filter, interlaced] = content.subarray(8);
  const header = { width: view.getUint32(0), height: view.getUint32(4), depth, colour, interlaced };
  demand(
    DEPTHS.get(colour)?.includes(depth) &&
      compression === 0 &&
      filter === 0 &&
      interlaced <= 1 &&
      header.width &&
      header.height,
  );
  return header;
}

/**
 * The further chunks that make pixels: a palette, and which colours are transparent.
 * @param {Header} header
 * @param {Chunk | undefined} palette
 * @param {Chunk | undefined} transparent
 */
function pixelTables({ colour }, palette, transparent) {
  const indexed = colour === 3 ? palette : undefined;
  const entries = (indexed?.content.length ?? 0) / 3;
  demand(Number.isInteger(entries) && entries <= 256 && (colour !== 3 || entries > 0));
  const length = transparent?.content.length ?? 0;
  const fits = new Map([
    [0, length === 2],
    [2, length === 6],
    [3, length >= 1 && length <= entries],
  ]);
  demand(!transparent || fits.get(colour));
  return [indexed, transparent].filter((chunk) => chunk !== undefined);
}

/**
 * How many lines come one after the other, and how many bytes each has with its filter: [lines, length] each.
 * @param {Header} header
 * @returns {number[][]}
 */
function passesOf({ width, height, depth, colour, interlaced }) {
  const passes = (interlaced ? PASSES : [[0, 0, 1, 1]]).map(([row, column, down, right]) => [
    Math.ceil((height - row) / down),
    Math.ceil((width - column) / right),
  ]);
  return passes
    .filter(([lines, cells]) => lines > 0 && cells > 0)
    .map(([lines, cells]) => [lines, 1 + Math.ceil((cells * depth * (SAMPLES.get(colour) ?? 0)) / 8)]);
}

/**
 * Inflate the lines a piece at a time, and forget them.
 * @param {Header} header
 * @param {Uint8Array<ArrayBuffer>[]} contents
 */
async function checkLines(header, contents) {
  const passes = passesOf(header);
  const total = passes.reduce((sum, [lines, length]) => sum + lines * length, 0);
  const reader = new Blob(contents).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  let at = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const right = filtersAreKnown(passes, value, at) && at + value.length <= total;
    if (!right) reader.cancel().catch(() => {});
    demand(right);
    at += value.length;
  }
  demand(at === total);
}

/**
 * Each line begins with its filter, 0 to 4; the piece begins at byte `at` of all lines.
 * @param {number[][]} passes
 * @param {Uint8Array} piece
 * @param {number} at
 */
function filtersAreKnown(passes, piece, at) {
  let begin = 0;
  for (const [lines, length] of passes) {
    const end = begin + lines * length;
    const skipped = begin >= at ? begin - at : (length - ((at - begin) % length)) % length;
    for (let k = skipped; k < Math.min(piece.length, end - at); k += length) if (piece[k] > 4) return false;
    begin = end;
  }
  return true;
}

// JPEG ------------------------------------------------------------------------------------------------------

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

/** @param {Uint8Array<ArrayBuffer>} bytes */
function jpegParts(bytes) {
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

// EXIF ------------------------------------------------------------------------------------------------------

const ORIENTATION = 0x0112;
const SHORT_NUMBER = 3;

/**
 * The orientation that EXIF data says, or 1, upright, where it says none.
 * @param {Uint8Array<ArrayBuffer> | undefined} exif
 */
function orientationOf(exif) {
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
