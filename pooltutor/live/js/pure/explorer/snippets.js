import { KINDS } from "../kinds.js";
import { callOf, DOUBLE, programOf, pythonList, tensorOf } from "../python.js";
import { range } from "../windows.js";

// Code that does what the picture shows: with PyTorch alone, and the call that opens the picture again.

/**
 * How the outputs are computed: by PyTorch's own operation, or window by window where a rule says otherwise.
 * @param {Facts} facts
 * @param {ViewWords["code"]["comments"]} words
 */
function pooling({ m, kind, rule, windows }, words) {
  const { code } = KINDS[kind];
  if (rule === "pytorch") return [`y = ${code.whole}1d(x[None], ${m})[0]`];
  const pairs = range(0, m).map((i) => `(${windows.start[i]}, ${windows.stop[i]})`);
  const empty = range(0, m).some((i) => windows.start[i] === windows.stop[i]);
  const value =
    empty && !code.takesEmpty ? `${code.line} if stop > start else torch.tensor(nan, ${DOUBLE})` : code.line;
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
