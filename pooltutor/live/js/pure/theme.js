// How the pages in which notebooks are read say whether they are light or dark.

/** Where each says it, and in which words. Only Colab says nothing where it is light. */
export const THEME_MARKS = [
  { host: "JupyterLab, Notebook, Voila", of: "body", name: "data-jp-theme-light", dark: ["false"], light: ["true"] },
  {
    host: "VS Code",
    of: "body",
    name: "data-vscode-theme-kind",
    dark: ["vscode-dark", "vscode-high-contrast"],
    light: ["vscode-light", "vscode-high-contrast-light"],
  },
  { host: "marimo", of: "body", name: "data-theme", dark: ["dark"], light: ["light"] },
  { host: "the lessons' web site", of: "html", name: "data-theme", dark: ["dark"], light: ["light"] },
  { host: "Colab", of: "html", name: "theme", dark: ["dark"], light: ["light"] },
];

/**
 * Is a page dark? As its marks say, or where it has none as the system is, which a page of Colab does not follow.
 * @param {(of: string, name: string) => string | null} read an attribute of the page's body or html
 * @param {{ isColab: boolean; systemIsDark: boolean }} page
 */
export function isDark(read, { isColab, systemIsDark }) {
  for (const { of, name, dark, light } of THEME_MARKS) {
    const said = read(of, name) ?? "";
    if (dark.includes(said)) return true;
    if (light.includes(said)) return false;
  }
  return systemIsDark && !isColab;
}
