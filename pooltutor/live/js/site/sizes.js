import { viewOfSize } from "../pure/sizes.js";
import { OTHER_VIEW, Store } from "../pure/store.js";
import { h } from "../view/form.js";

// Sizes in the text, such as 14 → 4: each becomes a link that sets the view which it is about.

const asked = ({ question, show }) => question || !show.includes("windows");

/** What a size needs to know of a view. */
function described({ saved: { state } }) {
  const [input_size, target_size] = [state.input_size, state.target_size].map((size) => [size].flat());
  return { input_size, target_size, free: !asked(state) };
}

/** Make links of the sizes for which the page has a view. */
export function linkSizes(all, numbers, words) {
  // A map shows all sizes, and a story those of its steps.
  const figures = all.filter(({ saved: { view, state } }) => view !== "atlas" && !state.story);
  const views = figures.map(described);
  for (const text of document.querySelectorAll("[data-size]")) {
    const sizes = JSON.parse(/** @type {HTMLElement} */ (text).dataset.size);
    const before = figures.filter(({ element }) => precedes(element, text)).length;
    const k = viewOfSize(sizes, views, before);
    if (k === undefined) continue;
    const link = h("a", { className: "site-size", href: `#${figures[k].element.id}`, title: words.size_hint });
    link.append(...text.childNodes);
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the view moves into sight only as far as it must
      openSize(figures[k], sizes, numbers);
    });
    text.replaceWith(link);
  }
}

const precedes = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** Set a view to a size and bring it into sight. */
async function openSize(figure, sizes, numbers) {
  await figure.live(numbers);
  const [input_size, target_size] = sizes.map((size) => (size.length > 1 ? size : size[0]));
  new Store({ model: figure.model, shared: numbers.shared }).change({ input_size, target_size }, OTHER_VIEW);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  figure.element.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
}
