import { callOf, DOUBLE, programOf, pythonList, tensorOf } from "../python.js";
import { range } from "../windows.js";

// Code that does what the picture shows: with PyTorch alone, and the call that opens the picture again.

/**
 * How the outputs are computed: by PyTorch's own operation, or window by window where a rule says otherwise.
 * @param {Facts} facts
 * @param {ViewWords["code"]["comments"]} words
 */
function pooling({ m, kind, rule, windows }, words) {
  if (rule === "pytorch") return [`y = torch.nn.functional.adaptive_${kind}_pool1d(x[None], ${m})[0]`];
  const pairs = range(0, m).map((i) => `(${windows.start[i]}, ${windows.stop[i]})`);
  const empty = range(0, m).some((i) => windows.start[i] === windows.stop[i]);
  // Tensor.max takes the first NaN, max pooling the last one.
  const one =
    kind === "max" ? "torch.nn.functional.adaptive_max_pool1d(x[None, start:stop], 1)[0, 0]" : "x[start:stop].mean()";
  const value = empty && kind === "max" ? `${one} if stop > start else torch.tensor(nan, ${DOUBLE})` : one;
  return [
    `windows = ${pythonList(pairs, 8)}  # ${words.windows}`,
    `y = torch.stack([${value} for start, stop in windows])`,
  ];
}

/**
 * A program that prints the outputs and the gradient of the picture, runnable as it stands.
 * @param {Facts} facts
 * @param {ViewWords["code"]["comments"]} words
 */
export function torchSnippet(facts, words) {
  const body = [
    `x = ${tensorOf(facts.xSpec, facts.x)}.requires_grad_()`,
    ...pooling(facts, words),
    `y.backward(${tensorOf(facts.upstreamSpec, facts.g)})`,
    `print(y.tolist())  # ${words.outputs}`,
    `print(x.grad.tolist())  # ${words.gradient}`,
  ].join("\n");
  return programOf(body, ["import torch"]);
}

/**
 * The call that opens this very view again.
 * @param {{ input_size: number; target_size: number; [name: string]: unknown }} options
 * @param {Record<string, unknown>} usual
 */
export function exploreCall({ input_size: n, target_size: m, ...rest }, usual) {
  return `import pooltutor\n\n${callOf("explore", [n, m], rest, usual)}`;
}
