// Grids of many cells: one pixel for each number, painted on a canvas that the page enlarges.

/** The red, green and blue of number k: one plane has a shade of its own, three are the colours themselves. */
const colourAt = (planes, k, shade) =>
  planes.length === 1 ? shade(planes[0][k]) : planes.map((plane) => shade(plane[k])[0]);

/** Paint one grid. */
export function paintGrid(canvas, { grid: { x, y, width, height, rows, columns }, planes, shade }) {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  for (const [side, value] of Object.entries({ left: x, top: y, width, height })) canvas.style[side] = `${value}px`;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const image = context.createImageData(columns, rows);
  for (let k = 0; k < rows * columns; k++) {
    const [red, green, blue] = colourAt(planes, k, shade);
    image.data[4 * k] = red;
    image.data[4 * k + 1] = green;
    image.data[4 * k + 2] = blue;
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** The painted numbers as they may be claimed: NaN where the pixel on the screen is not the number's colour. */
export function seenPlanes(canvas, { grid: { rows, columns }, planes, shade }) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, columns, rows);
  const seen = planes.map((plane) => Float64Array.from(plane));
  for (let k = 0; k < rows * columns; k++) {
    const right = colourAt(planes, k, shade).every((part, channel) => data[4 * k + channel] === part);
    if (!right) for (const plane of seen) plane[k] = NaN;
  }
  return seen;
}

/** A picture as the address of a PNG, which keeps every pixel. */
export function pictureAddress({ data, channels, height, width }) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const size = width * height;
  for (let k = 0; k < size; k++) {
    for (let c = 0; c < 3; c++) image.data[4 * k + c] = data[channels === 3 ? c * size + k : k];
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL("image/png");
}
