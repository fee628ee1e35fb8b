import { rulesOf } from "../pure/rules.js";
import { sharedOf } from "../pure/shared.js";
import { judge } from "./judge.js";
import { PageModel } from "./models.js";
import { Recorded } from "./recorded.js";

// What stands in for the kernel: what all views share, and a function that answers their claims from what was recorded.

/** {shared, answer} of the numbers that a page came with: `record` is what PyTorch said, `shared` what the views need. */
export function withoutKernel({ record, shared: sent }) {
  const shared = sharedOf(new PageModel(sent));
  const recorded = new Recorded(record, rulesOf(shared));
  const answer = ({ view, rev, claim }, buffers) => ({
    type: "verdict",
    view,
    rev,
    ...judge({ ...claim, buffers }, { recorded, displayed: sent.displayed, words: sent.page.judge, record }),
  });
  return { shared, answer };
}
