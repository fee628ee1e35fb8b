import { withoutKernel } from "./without_kernel.js";

// What a page of one file carries, opened.

/** The numbers of the page: what the kernel's shared widget holds, with bytes where it has bytes. */
function unpacked(value, bytes) {
  if (Array.isArray(value)) return value.map((each) => unpacked(each, bytes));
  if (value === null || typeof value !== "object") return value;
  if (value.$bytes) return new DataView(bytes.buffer, bytes.byteOffset + value.$bytes[0], value.$bytes[1]);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpacked(each, bytes)]));
}

export function openedPage({ header, bytes }) {
  const { record, shared: sent, ...more } = unpacked(header, bytes);
  return { record, sent, more, ...withoutKernel({ record, shared: sent }) };
}
