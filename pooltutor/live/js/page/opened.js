import { rulesOf } from "../pure/rules.js";
import { sharedOf } from "../pure/shared.js";
import { judge } from "./judge.js";
import { PageModel } from "./models.js";
import { Recorded } from "./recorded.js";

// What a page without a kernel carries, opened: what all views share, and the answer to what they claim.

/** The numbers of the page: what the kernel's shared widget holds, with bytes where it has bytes. */
function unpacked(value, bytes) {
  if (Array.isArray(value)) return value.map((each) => unpacked(each, bytes));
  if (value === null || typeof value !== "object") return value;
  if (value.$bytes) return new DataView(bytes.buffer, bytes.byteOffset + value.$bytes[0], value.$bytes[1]);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpacked(each, bytes)]));
}

export function openedPage({ header, bytes }) {
  const { record, shared: sent, ...more } = unpacked(header, bytes);
  const shared = sharedOf(new PageModel(sent));
  const recorded = new Recorded(record, rulesOf(shared));
  const answer = ({ view, rev, claim }, buffers) => ({
    type: "verdict",
    view,
    rev,
    ...judge({ ...claim, buffers }, { recorded, displayed: sent.displayed, words: sent.page.judge, record }),
  });
  return { record, sent, shared, answer, more };
}
