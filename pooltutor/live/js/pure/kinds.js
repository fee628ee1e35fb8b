import {
  planeMaxima,
  planeMeans,
  planeShares,
  planeSharesBack,
  planeWinners,
  planeWinnersBack,
  planeWins,
} from "./planes.js";
import { maximaOf, meansOf, sharesBack, winnersBack, winnersOf } from "./pooling.js";
import { bare, joinedPieces } from "./terms.js";

// The kinds of pooling, one entry each: what a kind computes on a line of cells and on a plane of them, how the sum of
// a window is written, which words tell of it, and which code does the same.

const noWinners = () => null;

/** @type {Record<"avg" | "max", PoolingKind>} */
export const KINDS = {
  avg: {
    picks: false,
    line: { winners: noWinners, outputs: meansOf, gradient: sharesBack },
    plane: { winners: noWinners, outputs: planeMeans, gradient: planeSharesBack, influence: planeShares },
    sum: (terms, most) =>
      terms.length === 1
        ? [...terms, bare("/1")]
        : [bare("("), ...joinedPieces(terms, " + ", most), bare(`)/${terms.length}`)],
    words: { output: "output", zero: "zero" },
    code: {
      whole: "torch.nn.functional.adaptive_avg_pool",
      line: "x[start:stop].mean()",
      plane: "x[:, a:b, c:d].mean((1, 2))",
      takesEmpty: true,
    },
  },
  max: {
    picks: true,
    line: { winners: winnersOf, outputs: maximaOf, gradient: winnersBack },
    plane: { winners: planeWinners, outputs: planeMaxima, gradient: planeWinnersBack, influence: planeWins },
    sum: (terms, most) => [bare("max("), ...joinedPieces(terms, ", ", most), bare(")")],
    words: { output: "output_max", zero: "zero_max" },
    code: {
      whole: "torch.nn.functional.adaptive_max_pool",
      // Tensor.max takes the first NaN, max pooling the last one.
      line: "torch.nn.functional.adaptive_max_pool1d(x[None, start:stop], 1)[0, 0]",
      plane: "torch.nn.functional.adaptive_max_pool2d(x[:, a:b, c:d], 1)[:, 0, 0]",
      takesEmpty: false,
    },
  },
};

/**
 * The outputs of a line.
 * @param {Kind} kind
 * @param {Numbers} x
 * @param {Bins} windows
 */
export function pool(kind, x, windows) {
  const { winners, outputs } = KINDS[kind].line;
  return outputs(x, windows, winners(x, windows));
}
