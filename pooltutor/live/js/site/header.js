// The head of every page: light or dark, the menu of a small screen, the key that searches; keys for what scrolls.

const THEME = "pooltutor.theme"; // also in site/theme.js, which knows no module

/** Connect the button that goes from light to dark and back. */
export function themeButton() {
  const button = document.querySelector(".site-theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const { documentElement: root } = document;
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(THEME, root.dataset.theme);
    } catch {
      // a browser that keeps nothing asks again
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}

const TYPED = "input, textarea, select, [contenteditable], .pooltutor";

/** The key / goes to the search field, unless somebody types or a view has the focus. */
export function searchKey() {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(".site-search input"));
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (key !== "/" || ctrlKey || metaKey || altKey || /** @type {Element} */ (target).closest?.(TYPED)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

/** On a small screen the lessons fold away: they close when one is chosen, or with Escape. */
export function foldMenu() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".site-menu"));
  menu?.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") menu.open = false;
  });
}

/** What is wider than its place, as code on a phone, can be reached and scrolled with the keyboard. */
export function reachScrollers() {
  const reach = () => {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("pre, table, .site-still, .site-html")
    ))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  };
  addEventListener("load", reach); // what it asks of the layout would keep the views waiting
  addEventListener("resize", reach);
}
