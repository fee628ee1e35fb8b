import { savedModel } from "../page/models.js";
import { h } from "../view/form.js";
import { render } from "../views.js";
import { rememberAnswers } from "./answers.js";

// The views of a page of the site. Each is a picture at first, and comes to life when it comes near the screen.

const AHEAD = "700px"; // how far below the screen a view begins to live, so that it does before it is read

/** A view of a page: its figure, and from when it lives on its model. */
class Figure {
  /** @type {any} */
  model;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.saved = JSON.parse(element.dataset.saved);
  }

  /** Bring it to life, once; the picture stays until the view is drawn, and where it cannot be drawn. */
  async live({ shared, answer }) {
    if (this.model) return;
    this.model = savedModel(this.saved, shared, answer);
    rememberAnswers(this, this.model);
    const home = h("div", { className: "site-view" });
    this.element.append(home);
    await render(this.model, home, shared);
    this.element.dataset.alive = "";
  }
}

/** Is some of it on the screen? */
function isInSight(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
}

/** All views of the page, each of which lives from when it comes near the screen. */
export function mountFigures(numbers) {
  const figures = [...document.querySelectorAll("[data-saved]")].map(
    (element) => new Figure(/** @type {any} */ (element)),
  );
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        figures.find(({ element }) => element === target).live(numbers);
      }
    },
    { rootMargin: `${AHEAD} 0px` },
  );
  for (const figure of figures)
    if (isInSight(figure.element))
      figure.live(numbers); // the observer would say so a frame later
    else watch.observe(figure.element);
  return figures;
}
