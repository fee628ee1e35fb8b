// Numbers, lists, tensors and calls as Python writes them.

export const DOUBLE = "dtype=torch.float64"; // as the picture computes
/** @type {Record<string, string>} */
const PYTHON_NAMES = { NaN: "nan", Infinity: "inf", "-Infinity": "-inf" };
/** @param {number} value */
export const pythonNumber = (value) =>
  PYTHON_NAMES[String(value)] ?? (/[.e]/.test(String(value)) ? String(value) : `${value}.`);

/**
 * The presets of numbers.py as PyTorch writes them, where there is a short form.
 * @type {Record<string, (n: number) => string>}
 */
const TENSORS = {
  ramp: (n) => `torch.arange(${n}., ${DOUBLE})`,
  count: (n) => `torch.arange(1., ${n + 1}, ${DOUBLE})`,
  ones: (n) => `torch.ones(${n}, ${DOUBLE})`,
  spike: (n) => `(torch.arange(${n}) == ${n >> 1}).double()`,
  powers: (n) => `(10. ** (torch.arange(${n}., ${DOUBLE}) % 16))`,
};

/**
 * A Python list; a long one is broken into lines of its own.
 * @param {string[]} texts
 * @param {number} perLine
 */
export function pythonList(texts, perLine) {
  const lines = [];
  for (let k = 0; k < texts.length; k += perLine) lines.push(texts.slice(k, k + perLine).join(", "));
  return lines.length === 1 ? `[${lines[0]}]` : `[\n    ${lines.join(",\n    ")},\n]`;
}

/** @param {number[]} values */
const listed = (values) => `torch.tensor(${pythonList(values.map(pythonNumber), 12)}, ${DOUBLE})`;

/**
 * @param {string} spec
 * @param {number[]} values
 */
export function tensorOf(spec, values) {
  const { length } = values;
  if (Object.hasOwn(TENSORS, spec)) return TENSORS[spec](length);
  const again = spec === "random" && length > 64; // drawn once, then repeated
  return again ? `${listed(values.slice(0, 64))}.repeat(${Math.ceil(length / 64)})[:${length}]` : listed(values);
}

/**
 * A program from its body and its imports; inf and nan are imported where the body has them.
 * @param {string} body
 * @param {string[]} imports
 */
export function programOf(body, imports) {
  const names = ["inf", "nan"].filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return [...(names.length ? [`from math import ${names.join(", ")}`, ""] : []), ...imports, "", body].join("\n");
}

/** @type {Map<unknown, string>} */
const WORDS = new Map([
  [true, "True"],
  [false, "False"],
  [null, "None"],
]);
/**
 * @param {unknown} value
 * @returns {string}
 */
const quoted = (value) =>
  Array.isArray(value)
    ? `[${value.map(quoted).join(", ")}]`
    : typeof value === "string"
      ? JSON.stringify(value)
      : value?.constructor === Object
        ? `{${Object.entries(value)
            .map(([key, each]) => `"${key}": ${quoted(each)}`)
            .join(", ")}}`
        : (WORDS.get(value) ?? String(value));

/**
 * A call of pooltutor with its positional arguments as text; of the named ones, what is as usual is left out.
 * @param {string} name
 * @param {(string | number)[]} positional
 * @param {Record<string, unknown>} named
 * @param {Record<string, unknown>} usual
 */
export function callOf(name, positional, named, usual) {
  const changed = Object.entries(named).filter(([key, value]) => quoted(value) !== quoted(usual[key]));
  return `pooltutor.${name}(${[...positional, ...changed.map(([key, value]) => `${key}=${quoted(value)}`)].join(", ")})`;
}
