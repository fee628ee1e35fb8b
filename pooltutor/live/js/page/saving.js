import { svgElement } from "../view/form.js";

// A picture as a file: an SVG that carries its own colours and letters, and the same as PNG.

const KEPT = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "paint-order",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
  "display",
];
const MARGIN_OF_FILE = 12; // some letters reach over the edge of the picture, which on the page is no edge
const SHARP = 2; // pixels of the PNG for each of the picture

/** The SVG of a view as text; what is painted on canvases becomes images in it. */
function pictureText(root) {
  const svg = root.querySelector("svg.pt-picture, .pt-map svg");
  const copy = svg.cloneNode(true);
  const grips = copy.querySelector(".pt-layer-grips");
  const [from, to] = [svg, copy].map((each) => [...each.querySelectorAll("*")]);
  from.forEach((element, k) => {
    const style = getComputedStyle(element);
    for (const name of KEPT) to[k].setAttribute(name, style.getPropertyValue(name));
    to[k].removeAttribute("class");
  });
  grips?.remove(); // nobody takes hold of a file
  const drawn = svg.viewBox.baseVal;
  const [width, height] = [drawn.width + 2 * MARGIN_OF_FILE, drawn.height + 2 * MARGIN_OF_FILE];
  const frame = { x: -MARGIN_OF_FILE, y: -MARGIN_OF_FILE, width, height };
  const ground = svgElement("rect", { ...frame, fill: getComputedStyle(root).backgroundColor });
  copy.prepend(ground, ...[...root.querySelectorAll("canvas:not([hidden])")].map(imageOf));
  for (const [name, value] of Object.entries({
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: Object.values(frame).join(" "),
  }))
    copy.setAttribute(name, value);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function imageOf(canvas) {
  const [x, y, width, height] = ["left", "top", "width", "height"].map((side) => parseFloat(canvas.style[side]));
  return svgElement("image", {
    x,
    y,
    width,
    height,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
    href: canvas.toDataURL("image/png"),
  });
}

function download(address, name) {
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
}

/** Save the picture of a view as name.svg. */
export function saveSvg(root, name) {
  const address = URL.createObjectURL(new Blob([pictureText(root).text], { type: "image/svg+xml" }));
  download(address, `${name}.svg`);
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Save it as name.png. */
export async function savePng(root, name) {
  const { text, width, height } = pictureText(root);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: SHARP * width, height: SHARP * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  download(canvas.toDataURL("image/png"), `${name}.png`);
}
