// Bytes that come from outside: image files, and what Python has deflated.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { inflate } from "../../pooltutor/live/js/pure/base64.js";
import { formatOf, partsOf, sizeOf } from "../../pooltutor/live/js/pure/image/file.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const big = (number) => [24, 16, 8, 0].map((bits) => (number >>> bits) & 0xff);

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(name, content) {
  const body = [...Buffer.from(name), ...content];
  return [...big(content.length), ...body, ...big(checksum(body))];
}

/** A grey PNG file of 2 x 3 cells, with some of it replaced. */
function png({ lines = [0, 1, 2, 3, 0, 4, 5, 6], more = [], end = chunk("IEND", []) } = {}) {
  const header = chunk("IHDR", [...big(3), ...big(2), 8, 0, 0, 0, 0]);
  return Uint8Array.from([
    ...SIGNATURE,
    ...header,
    ...more,
    ...chunk("IDAT", deflateSync(Uint8Array.from(lines))),
    ...end,
  ]);
}

test("a whole PNG file keeps what makes its pixels, and nothing else", async () => {
  const file = png({ more: chunk("tEXt", [65, 0, 66]) });
  assert.equal(formatOf(file), "png");
  assert.deepEqual(sizeOf("png", file), { width: 3, height: 2 });
  const { parts, orientation } = await partsOf("png", file);
  assert.equal(orientation, 1);
  assert.deepEqual(Buffer.concat(parts), Buffer.from(png()));
});

test("a damaged PNG file is refused", async () => {
  const flipped = png();
  flipped[45] ^= 1;
  const damaged = {
    "cut off": png().subarray(0, -5),
    "a wrong checksum": flipped,
    "too few lines": png({ lines: [0, 1, 2, 3] }),
    "too many lines": png({ lines: [0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9] }),
    "an unknown filter": png({ lines: [0, 1, 2, 3, 9, 4, 5, 6] }),
    "no end": png({ end: [] }),
  };
  for (const [what, file] of Object.entries(damaged)) await assert.rejects(partsOf("png", file), undefined, what);
});

test("what is no picture has no kind, and a JPEG file without pixels no parts", async () => {
  assert.equal(formatOf(Uint8Array.from(Buffer.from("GIF89a"))), undefined);
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xd9);
  assert.equal(formatOf(jpeg), "jpeg");
  await assert.rejects(partsOf("jpeg", jpeg));
  assert.throws(() => sizeOf("jpeg", jpeg));
});

test("what Python has deflated is inflated", async () => {
  assert.deepEqual([...(await inflate(new Uint8Array(deflateSync(Uint8Array.of(1, 2, 3)))))], [1, 2, 3]);
});
