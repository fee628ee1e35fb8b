import { demand, latin, viewOf } from "./bytes.js";
import { orientationOf } from "./exif.js";

// A PNG file: is it whole, and which of its chunks make its pixels?

/**
 * @typedef {{ name: string; content: Uint8Array<ArrayBuffer>; chunk: Uint8Array<ArrayBuffer> }} Chunk of a PNG file
 * @typedef {{ width: number; height: number; depth: number; colour: number; interlaced: number }} Header of a PNG file
 */

export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
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

/**
 * {width, height} as the header says; throws where there is none.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function pngSize(bytes) {
  demand(bytes.length >= 24 && latin(bytes.subarray(12, 16)) === "IHDR");
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

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
  for (let at = PNG_SIGNATURE.length, end = 0; chunks.at(-1)?.name !== "IEND"; at = end) {
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
export async function pngParts(bytes) {
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
    parts: [Uint8Array.from(PNG_SIGNATURE), ...kept.map(({ chunk }) => chunk)],
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
