// The element that marks are drawn into, and its size.

const SVG_SPACE = "http://www.w3.org/2000/svg";

export function pictureElement(attributes = {}, definitions = "") {
  const svg = document.createElementNS(SVG_SPACE, "svg");
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  svg.innerHTML = definitions;
  return svg;
}

/** Give a picture its size, in CSS pixels. */
export function sizePicture(svg, width, height) {
  const box = `0 0 ${width} ${height}`;
  if (svg.getAttribute("viewBox") !== box) svg.setAttribute("viewBox", box);
  if (svg.getAttribute("height") !== String(height)) svg.setAttribute("height", height);
}
