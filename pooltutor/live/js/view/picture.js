import { svgElement } from "./form.js";

// The element that marks are drawn into, and its size.

export function pictureElement(attributes = {}, definitions = "") {
  const svg = svgElement("svg", attributes);
  svg.innerHTML = definitions;
  return svg;
}

/** Where an event is in a picture of such a width, in the picture's own pixels, and how many of these one of the screen is. */
export function placeInPicture(element, ownWidth, { clientX, clientY }) {
  const { left, top, width } = element.getBoundingClientRect();
  const scale = ownWidth / width;
  return { x: (clientX - left) * scale, y: (clientY - top) * scale, scale };
}

/** Give a picture its size, in CSS pixels. */
export function sizePicture(svg, width, height) {
  const box = `0 0 ${width} ${height}`;
  if (svg.getAttribute("viewBox") !== box) svg.setAttribute("viewBox", box);
  if (svg.getAttribute("height") !== String(height)) svg.setAttribute("height", height);
}
