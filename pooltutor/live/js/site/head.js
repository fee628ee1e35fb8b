import { foldMenu, reachScrollers, searchKey, themeButton } from "./header.js";
import { followProgress, forgetButton } from "./progress.js";

// What every page of the site does, with views or without.

themeButton();
searchKey();
foldMenu();
reachScrollers();
followProgress(JSON.parse(document.body.dataset.words));
forgetButton();
