import { KINDS } from "../kinds.js";
import { callOf, DOUBLE, programOf, pythonList, pythonNumber, tensorOf } from "../python.js";
import { range } from "../windows.js";

// Code that does what a 2-D picture shows, and the call that opens it again.

export const SAVED_AS = "pooltutor-image.png"; // the file that an own image is saved as, and that the code reads

/** @type {Record<string, (h: number, w: number) => string[]>} */
const PATTERN_TENSORS = {
  ramp: (h, w) => [`x = torch.arange(${h * w}., ${DOUBLE}).reshape(1, ${h}, ${w})`],
  checkerboard: (h, w) => [`x = ((torch.arange(${h})[:, None] + torch.arange(${w}) + 1) % 2).double()[None]`],
  spot: (h, w) => [`x = torch.zeros(1, ${h}, ${w}, ${DOUBLE})`, `x[0, ${h >> 1}, ${w >> 1}] = 1`],
};

/**
 * The lines that make x, shape (channels, height, width).
 * @param {GridFacts} facts
 * @param {ViewWords["code"]["comments"] & GridWords["picture_words"]} words
 */
function inputLines({ image, n: [h, w], picture, channel }, words) {
  if (!picture) return PATTERN_TENSORS[image](h, w);
  const lines = [
    ...pictureLines(image, picture, words),
    picture.channels === 3 ? "picture = picture.permute(2, 0, 1)" : "picture = picture[None]",
  ];
  if (channel !== null) lines.push(`picture = picture[${channel}:${channel + 1}]  # ${words.channels[channel]}`);
  if (h === picture.height && w === picture.width) return [...lines, "x = picture.clone()"];
  const [rows, columns] = [Math.min(h, picture.height), Math.min(w, picture.width)];
  return [
    ...lines,
    `x = torch.zeros(len(picture), ${h}, ${w}, ${DOUBLE})`,
    `x[:, :${rows}, :${columns}] = picture[:, :${rows}, :${columns}]`,
  ];
}

/**
 * @param {string} image
 * @param {Picture} picture
 * @param {ViewWords["code"]["comments"] & GridWords["picture_words"]} words
 */
function pictureLines(image, picture, words) {
  if (image !== "own") return [`picture = torch.tensor(pooltutor.pictures.picture("${image}")).double()`];
  if (picture.dtype !== "uint8") return [`picture = torch.tensor(${numbersOfPicture(picture)}, ${DOUBLE})`];
  return [
    `image = np.array(Image.open("${SAVED_AS}").convert("${picture.channels === 3 ? "RGB" : "L"}"))  # ${words.saved}`,
    "picture = torch.tensor(image).double()",
  ];
}

/**
 * An own array that is no photograph is written out.
 * @param {Picture} picture
 */
function numbersOfPicture({ data, channels, height, width }) {
  const at = (/** @type {number} */ r, /** @type {number} */ c) =>
    channels === 1
      ? pythonNumber(data[r * width + c])
      : `[${range(0, 3)
          .map((k) => pythonNumber(data[(k * height + r) * width + c]))
          .join(", ")}]`;
  return pythonList(
    range(0, height).map(
      (r) =>
        `[${range(0, width)
          .map((c) => at(r, c))
          .join(", ")}]`,
    ),
    1,
  );
}

/**
 * How the outputs are computed: by PyTorch's own operation, or window by window where a rule says otherwise.
 * @param {GridFacts} facts
 * @param {ViewWords["code"]["comments"] & GridWords["picture_words"]} words
 */
function poolingLines({ m, rule, kind, rows, columns }, words) {
  const { code } = KINDS[kind];
  if (rule === "pytorch") return [`y = ${code.whole}2d(x, (${m.join(", ")}))`];
  const windowsOf = (/** @type {Axis} */ { windows }) =>
    pythonList(
      Array.from(windows.start, (start, k) => `(${start}, ${windows.stop[k]})`),
      8,
    );
  const empty = [rows, columns].some(({ windows }) => windows.start.some((start, k) => start === windows.stop[k]));
  const cell =
    empty && !code.takesEmpty
      ? `${code.plane} if b > a and d > c else torch.full((len(x),), nan, ${DOUBLE})`
      : code.plane;
  return [
    `rows = ${windowsOf(rows)}  # ${words.windows}`,
    `columns = ${windowsOf(columns)}`,
    `y = torch.stack([torch.stack([${cell} for c, d in columns], -1) for a, b in rows], -2)`,
  ];
}

/**
 * A program that prints the outputs and the gradient of the picture, runnable as it stands.
 * @param {GridFacts} facts
 * @param {ViewWords["code"]["comments"] & GridWords["picture_words"]} words
 */
export function gridSnippet(facts, words) {
  const input = inputLines(facts, words);
  const body = [
    ...input,
    "x.requires_grad_()",
    ...poolingLines(facts, words),
    `g = ${tensorOf(facts.upstream, Array.from(facts.g))}.reshape(${facts.m.join(", ")})`,
    "y.backward(g.expand_as(y))",
    `print(y.tolist())  # ${words.outputs}`,
    `print(x.grad.tolist())  # ${words.gradient}`,
  ].join("\n");
  const needed = (/** @type {string} */ name, /** @type {string} */ line) => (body.includes(name) ? [line] : []);
  return programOf(body, [
    ...needed("np.", "import numpy as np"),
    "import torch",
    ...needed("Image.", "from PIL import Image"),
    ...needed("pooltutor.", "import pooltutor"),
  ]);
}

/** @param {(number | null)[]} sides */
const pair = (sides) => `(${sides.map((side) => side ?? "None").join(", ")})`;

/**
 * The call that opens this very view again.
 * @param {{ input_size: Pair; target_size: (number | null)[]; image: string; [name: string]: unknown }} options
 * @param {Record<string, unknown>} usual
 * @param {GridFacts} facts
 */
export function gridCall({ input_size: n, target_size: m, image, ...rest }, usual, { picture }) {
  const written =
    image === "own" && picture && picture.dtype !== "uint8" ? [`image=np.array(${numbersOfPicture(picture)})`] : [];
  const named = written.length ? rest : { image: image === "own" ? SAVED_AS : image, ...rest };
  const call = callOf("explore2d", [pair(n), pair(m), ...written], named, usual);
  const names = ["inf", "nan"].filter((name) => written.join().includes(name));
  const imports = [
    ...(names.length ? [`from math import ${names.join(", ")}`] : []),
    ...(written.length ? ["import numpy as np"] : []),
    "import pooltutor",
  ];
  return `${imports.join("\n")}\n\n${call}`;
}
