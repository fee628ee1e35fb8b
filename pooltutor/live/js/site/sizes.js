import { viewOfSize } from "../pure/sizes.js";
import { changeModel } from "../pure/store.js";
import { h } from "../view/form.js";

// Sizes in the text, such as 14 → 4: each becomes a link that sets the view which it is about.

const asked = ({ question, show }) => question || !show.includes("windows");

/** What a size needs to know of a view. */
function described({ saved: { view, state } }) {
  if (state.story)
    return { made: state.story.steps.filter((step) => step.view !== "atlas").map(sizesOfState), free: false };
  return view === "atlas" ? { made: [], free: false } : { made: [sizesOfState({ set: state })], free: !asked(state) };
}

const sizesOfState = ({ set }) => [set.input_size, set.target_size].map((size) => [size].flat());

/** Make links of the sizes for which the page has a view. */
export function linkSizes(figures, numbers, words) {
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
  // A story goes its own way: to see where it asks about this size is enough.
  if (!figure.saved.state.story) changeModel(figure.model, numbers.shared, { input_size, target_size });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  figure.element.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
}
