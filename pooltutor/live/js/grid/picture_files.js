import { formatOf, partsOf, sizeOf } from "../pure/image/file.js";

// A picture that a learner chooses: judged by its bytes before a pixel is decoded, then decoded and reduced by the
// browser. reading.py does the same in Python, and has the limits.

/**
 * {height, width, channels, pixels} of a PNG or JPEG file, at most largest x largest: upright, on white, 1 channel
 * where all is grey, else 3; pixels in the order channel, row, column. One that was reduced says its `whole` height and
 * width. Throws an error with the file's name and a
 * code: "bytes" (with megabytes), "kind", "pixels" (with width, height and megapixels) or "damaged".
 */
export async function readPicture(file, { largest, bytes: mostBytes, pixels: mostPixels }) {
  const refusal = (code, values) => Object.assign(new Error(code), { code, name: file.name ?? "", ...values });
  const damaged = () => {
    throw refusal("damaged");
  };
  if (file.size > mostBytes) throw refusal("bytes", { megabytes: file.size / 1e6 });
  const bytes = new Uint8Array(await file.arrayBuffer().catch(damaged));
  const format = formatOf(bytes);
  if (!format) throw refusal("kind");
  const judge = async () => {
    const { width, height } = sizeOf(format, bytes);
    if (width * height > mostPixels) throw refusal("pixels", { width, height, megapixels: (width * height) / 1e6 });
    const { parts, orientation } = await partsOf(format, bytes);
    return decodedPicture(new Blob(parts, { type: `image/${format}` }), orientation, largest);
  };
  return judge().catch((error) => (error.code === "pixels" ? Promise.reject(error) : damaged()));
}

// What the numbers of EXIF do to a picture that is drawn w wide and h high as it stands in the file.
const TURNS = {
  1: () => [1, 0, 0, 1, 0, 0],
  2: (w) => [-1, 0, 0, 1, w, 0],
  3: (w, h) => [-1, 0, 0, -1, w, h],
  4: (_, h) => [1, 0, 0, -1, 0, h],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (_, h) => [0, 1, -1, 0, h, 0],
  7: (w, h) => [0, -1, -1, 0, h, w],
  8: (w) => [0, -1, 1, 0, 0, w],
};

async function decodedPicture(blob, orientation, largest) {
  // "none": numbers as they stand in the file, which is what pooling is shown on.
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none" });
  const longer = Math.max(bitmap.width, bitmap.height, largest);
  const fitting = (side) => Math.max(1, Math.floor((side * largest) / longer));
  const [w, h] = [fitting(bitmap.width), fitting(bitmap.height)];
  const upright = (across, down) => (orientation > 4 ? [across, down] : [down, across]);
  const [height, width] = upright(w, h);
  const whole = longer > largest ? { whole: upright(bitmap.width, bitmap.height) } : {};
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.fillStyle = "white";
  paper.fillRect(0, 0, width, height);
  paper.imageSmoothingQuality = "high";
  const [a, b, c, d, e, f] = TURNS[orientation](w, h);
  paper.setTransform(a, b, c, d, e, f);
  paper.drawImage(bitmap, 0, 0, w, h);
  bitmap.close();
  return { height, width, ...whole, ...inChannels(paper.getImageData(0, 0, width, height).data) };
}

/** Channel after channel, from colours that stand cell after cell; one channel where all three are the same. */
function inChannels(rgba) {
  const cells = rgba.length / 4;
  const pixels = Uint8Array.from({ length: 3 * cells }, (_, k) => rgba[4 * (k % cells) + Math.floor(k / cells)]);
  const grey = pixels.every((value, k) => value === pixels[k % cells]);
  return { channels: grey ? 1 : 3, pixels: grey ? pixels.slice(0, cells) : pixels };
}
