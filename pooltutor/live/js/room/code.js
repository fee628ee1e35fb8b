import { svgElement } from "../view/form.js";

// A QR code as a picture, in black on white whatever the page wears: cameras want it so.

const QUIET = 4; // squares around a code, without which it is not found

/** @param {string[]} rows of squares, "1" where one is dark */
export function codePicture(rows, name) {
  const size = rows.length + 2 * QUIET;
  const attributes = {
    viewBox: `0 0 ${size} ${size}`,
    role: "img",
    "aria-label": name,
    "shape-rendering": "crispEdges",
  };
  const svg = svgElement("svg", attributes);
  const dark = rows.flatMap((row, y) =>
    [...row].flatMap((square, x) => (square === "1" ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  svg.append(svgElement("rect", { width: size, height: size, fill: "#fff" }));
  svg.append(svgElement("path", { d: dark.join(""), fill: "#000" }));
  return svg;
}
