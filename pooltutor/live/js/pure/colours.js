// Colours of numbers: a shade is a function from a number to [red, green, blue]; fills are the same as text.

/** @param {string} hex */
const rgbOf = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
/** @param {Rgb} rgb */
export const fillOf = (rgb) => `#${rgb.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} t
 */
const mix = (from, to, t) => from.map((c, k) => Math.round(c + (to[k] - c) * t));

/**
 * A tint of one colour on another.
 * @param {string} hue
 * @param {string} ground
 * @param {number} share of the hue
 */
export const tintOf = (hue, ground, share) => fillOf(mix(rgbOf(ground), rgbOf(hue), share));

/** @param {string} hex */
const luminance = (hex) => {
  const [r, g, b] = rgbOf(hex)
    .map((part) => part / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** @param {string} hex */
export const textOn = (hex) => (luminance(hex) > 0.18 ? "pt-on-light" : "pt-on-dark");

/** Steps between two colours, so that pixels look shades up and mix none. */
const STEPS = 256;
/**
 * @param {Rgb} from
 * @param {Rgb} to
 */
function ramp(from, to) {
  const shades = Array.from({ length: STEPS }, (_, k) => mix(from, to, k / (STEPS - 1)));
  return (/** @type {number} */ t) => shades[Math.round(Math.min(1, Math.max(0, t)) * (STEPS - 1))];
}

/**
 * The largest magnitude of some numbers, and whether they have both signs; NaN and infinity aside.
 * @param {Numbers} values
 */
function extent(values) {
  let [low, high] = [0, 0];
  for (const v of values) {
    if (v < low && v !== -Infinity) low = v;
    if (v > high && v !== Infinity) high = v;
  }
  return { most: Math.max(-low, high), mixed: low < 0 && high > 0 };
}

/**
 * Shades of gradients: light to dark for one sign, two hues around zero as soon as signs mix.
 * @param {Numbers} values
 * @param {Theme} theme
 */
export function gradientShade(values, theme) {
  const { most, mixed } = extent(values);
  const blank = rgbOf(theme.unchecked_ground);
  const [plus, minus] = [theme.gradient_high, theme.gradient_minus].map((end) =>
    ramp(rgbOf(theme.gradient_low), rgbOf(end)),
  );
  return (/** @type {number} */ v) =>
    Number.isFinite(v) ? (mixed && v < 0 ? minus : plus)(most ? Math.abs(v) / most : 0) : blank;
}

/**
 * Shades of counts: the more, the darker, in the neutral hue of the input.
 * @param {Numbers} counts
 * @param {Theme} theme
 */
export function countShade(counts, theme) {
  const most = Math.max(extent(counts).most, 2);
  const shade = ramp(rgbOf(theme.input), rgbOf(theme.ink_soft));
  return (/** @type {number} */ count) => shade(count <= 1 ? 0 : 0.3 + (0.7 * (count - 1)) / (most - 1));
}

/**
 * Shades of brightness from black at `low` to white at `high`.
 * @param {number} low
 * @param {number} high
 * @param {Theme} theme
 */
export function greyShade(low, high, theme) {
  const blank = rgbOf(theme.unchecked_ground);
  const shade = ramp([0, 0, 0], [255, 255, 255]);
  return (/** @type {number} */ v) => {
    const t = (v - low) / (high - low);
    return Number.isNaN(t) ? blank : shade(t);
  };
}

/**
 * @param {Numbers} values
 * @param {Shade} shade
 */
const fillsOf = (values, shade) => Array.from(values, (v) => fillOf(shade(v)));
/**
 * @param {Numbers} grad
 * @param {Theme} theme
 */
export const gradientFills = (grad, theme) => fillsOf(grad, gradientShade(grad, theme));
/**
 * @param {Numbers} counts
 * @param {Theme} theme
 */
export const countFills = (counts, theme) => fillsOf(counts, countShade(counts, theme));

/**
 * Fills of the rows of P: in the hue of the window, the paler the smaller its shares are.
 * @param {number[]} weights
 * @param {Theme} theme
 */
export function shareFills(weights, theme) {
  const most = Math.max(...weights);
  const [ground, even, odd] = [theme.ground, theme.window_even, theme.window_odd].map(rgbOf);
  return weights.map((weight, i) => fillOf(mix(ground, i % 2 ? odd : even, weight / most)));
}
