// A picture that a learner chooses: judged by its bytes before a pixel is decoded, then decoded and reduced by the
// browser. reading.py does the same in Python, and has the limits.

const SIGNATURES = { png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], jpeg: [0xff, 0xd8, 0xff] };
const PNG_END = 0x49454e44; // "IEND", the name of the last chunk
const JPEG_END = 0xd9;
const NO_FRAMES = [0xc4, 0xc8, 0xcc]; // tables, among the markers c0 to cf that begin a frame

/**
 * {height, width, channels, pixels} of a PNG or JPEG file, at most largest x largest: upright, on white, 1 channel
 * where all is grey, else 3; pixels in the order channel, row, column. Throws an error with the file's name and a
 * code: "bytes" (with megabytes), "kind", "pixels" (with width, height and megapixels) or "damaged".
 */
export async function readPicture(file, { largest, bytes: mostBytes, pixels: mostPixels }) {
  const refusal = (code, values) => Object.assign(new Error(code), { code, name: file.name ?? "", ...values });
  const damaged = () => {
    throw refusal("damaged");
  };
  if (file.size > mostBytes) throw refusal("bytes", { megabytes: file.size / 1e6 });
  const bytes = new Uint8Array(await file.arrayBuffer().catch(damaged));
  const kind = Object.keys(SIGNATURES).find((each) => SIGNATURES[each].every((byte, k) => bytes[k] === byte));
  if (!kind) throw refusal("kind");
  const { width, height, whole } = kind === "png" ? pngHeader(bytes) : jpegHeader(bytes);
  const megapixels = (width * height) / 1e6;
  if (width * height > mostPixels) throw refusal("pixels", { width, height, megapixels });
  if (!whole) damaged(); // a browser would paint what there is of half a picture, without a word
  return decodedPicture(new Blob([bytes], { type: `image/${kind}` }), largest).catch(damaged);
}

/** Width and height from the first chunk of a PNG file, and whether its chunks reach its end. */
function pngHeader(bytes) {
  if (bytes.length < 24) return { whole: false };
  const view = new DataView(bytes.buffer);
  // A chunk has 4 bytes of length, 4 of name, the data, and 4 of checksum.
  let at = SIGNATURES.png.length;
  while (at + 12 <= bytes.length && view.getUint32(at + 4) !== PNG_END) at += 12 + view.getUint32(at);
  return { width: view.getUint32(16), height: view.getUint32(20), whole: at + 12 <= bytes.length };
}

/** Width and height from the frame of a JPEG file, and whether its end comes. */
function jpegHeader(bytes) {
  const word = (at) => (bytes[at] << 8) | bytes[at + 1];
  const header = {};
  let at = nextMarker(bytes, 2);
  while (at >= 0 && bytes[at + 1] !== JPEG_END) {
    const marker = bytes[at + 1];
    const frame = marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker);
    if (frame) Object.assign(header, { height: word(at + 5), width: word(at + 7) });
    at = nextMarker(bytes, at + 2 + word(at + 2));
  }
  return { ...header, whole: at >= 0 };
}

/** Where the next marker stands, -1 if nowhere; within a scan, ff before 00 or a restart is data. */
function nextMarker(bytes, from) {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const code = bytes[at + 1];
    if (code > 0 && code < 0xff && !(code >= 0xd0 && code <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return -1;
}

async function decodedPicture(blob, largest) {
  // "none": numbers as they stand in the file, which is what pooling is shown on.
  const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image", colorSpaceConversion: "none" });
  const longer = Math.max(bitmap.width, bitmap.height, largest);
  const fitting = (side) => Math.max(1, Math.floor((side * largest) / longer));
  const [width, height] = [fitting(bitmap.width), fitting(bitmap.height)];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.fillStyle = "white";
  paper.fillRect(0, 0, width, height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { height, width, ...inChannels(paper.getImageData(0, 0, width, height).data) };
}

/** Channel after channel, from colours that stand cell after cell; one channel where all three are the same. */
function inChannels(rgba) {
  const cells = rgba.length / 4;
  const pixels = Uint8Array.from({ length: 3 * cells }, (_, k) => rgba[4 * (k % cells) + Math.floor(k / cells)]);
  const grey = pixels.every((value, k) => value === pixels[k % cells]);
  return { channels: grey ? 1 : 3, pixels: grey ? pixels.slice(0, cells) : pixels };
}
