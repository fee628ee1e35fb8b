// Runs before anything is painted: a page that was dark when it was left opens dark.
try {
  const theme = localStorage.getItem("pooltutor.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // a browser that keeps nothing follows the system
}
