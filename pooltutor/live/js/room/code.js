// A QR code as a picture, in black on white whatever the page wears: cameras want it so.

const SVG_ELEMENTS = "http://www.w3.org/2000/svg";
const QUIET = 4; // squares around a code, without which it is not found

/** @param {string[]} rows of squares, "1" where one is dark */
export function codePicture(rows, name) {
  const size = rows.length + 2 * QUIET;
  const svg = document.createElementNS(SVG_ELEMENTS, "svg");
  const dark = rows.flatMap((row, y) =>
    [...row].flatMap((square, x) => (square === "1" ? [[x + QUIET, y + QUIET]] : [])),
  );
  const parts = [
    ["rect", { width: size, height: size, fill: "#fff" }],
    ["path", { d: dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join(""), fill: "#000" }],
  ];
  for (const [tag, attributes] of parts) svg.append(svgElement(tag, attributes));
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": name }))
    svg.setAttribute(key, value);
  svg.setAttribute("shape-rendering", "crispEdges");
  return svg;
}

export function svgElement(tag, attributes, text = "") {
  const element = document.createElementNS(SVG_ELEMENTS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}
