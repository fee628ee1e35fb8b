import { isDark, THEME_MARKS } from "../pure/theme.js";

// What every view does in its page: wear the style sheet, and follow the page from light to dark.

/** Add the style sheet to the page, or to the shadow tree that the view is in, once. */
export function wearStyle(el, css) {
  const home = el.getRootNode();
  const sheets = home.adoptedStyleSheets ? home : document;
  if (sheets.adoptedStyleSheets.some((sheet) => sheet.pooltutor === css)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheet.pooltutor = css;
  sheets.adoptedStyleSheets = [...sheets.adoptedStyleSheets, sheet];
}

const readMark = (of, name) => (of === "html" ? document.documentElement : document.body).getAttribute(name);

/** Give `root` the colours of the theme that the page has, or else the system, and call changed(theme) at each change. */
export function followTheme({ root, themes, signal, changed = (_theme) => {} }) {
  const [system, print] = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")];
  const set = () => {
    const dark = isDark(readMark, { isColab: "colab" in (globalThis.google ?? {}), systemIsDark: system.matches });
    const theme = dark && !print.matches ? "dark" : "light"; // paper is light
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    for (const [name, colour] of Object.entries(themes[theme])) root.style.setProperty(`--pt-${name}`, colour);
    changed(theme);
  };
  set();
  for (const media of [system, print]) media.addEventListener("change", set, { signal });
  const watch = new MutationObserver(set);
  const attributeFilter = THEME_MARKS.map(({ name }) => name);
  for (const element of [document.documentElement, document.body]) watch.observe(element, { attributeFilter });
  signal.addEventListener("abort", () => watch.disconnect());
}
