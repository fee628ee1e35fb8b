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

/** Give `root` the colours of JupyterLab's theme, elsewhere of the system's, and call changed(theme) at each change. */
export function followTheme({ root, themes, signal, changed }) {
  const [system, print] = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")];
  const set = () => {
    const { jpThemeLight } = document.body.dataset;
    const dark = jpThemeLight ? jpThemeLight === "false" : system.matches;
    const theme = dark && !print.matches ? "dark" : "light"; // paper is light
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    for (const [name, colour] of Object.entries(themes[theme])) root.style.setProperty(`--pt-${name}`, colour);
    changed(theme);
  };
  set();
  for (const media of [system, print]) media.addEventListener("change", set, { signal });
  const watch = new MutationObserver(set);
  watch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  signal.addEventListener("abort", () => watch.disconnect());
}
