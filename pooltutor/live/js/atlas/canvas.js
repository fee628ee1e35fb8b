// The map as pixels: one for each pair, n to the right and m upwards.

/** The image of a map, from the class of each pair and the colour (#rrggbb) of each class. */
export function mapImage(context, classes, colours, max) {
  const image = context.createImageData(max, max);
  const inks = colours.map((colour) => parseInt(`${colour.slice(1)}ff`, 16));
  const pixels = new DataView(image.data.buffer);
  classes.forEach((k, place) => {
    const [n, m] = [(place - (place % max)) / max, place % max];
    pixels.setUint32(4 * ((max - 1 - m) * max + n), inks[k]);
  });
  return image;
}
