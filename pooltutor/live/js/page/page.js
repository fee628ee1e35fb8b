import { forwardKeys } from "../classroom/classroom.js";
import { fill } from "../pure/numbers.js";
import { h } from "../view/form.js";
import { wearStyle } from "../view/theme.js";
import { render } from "../views.js";
import { addressTab, followAddress } from "./address.js";
import { keepStory } from "./kept.js";
import { modelsOf } from "./models.js";
import { openedPage } from "./opened.js";
import { savePng, saveSvg } from "./saving.js";
import { PageTabs } from "./tabs.js";

// The page that needs no kernel: the same views on models that live in the page, judged by what was recorded when the
// page was made.

/** The view of a tab that is seen; a story has several. */
const shownIn = (panel) =>
  [...panel.querySelectorAll(".pooltutor:not(.pt-story-bar)")].find((root) => root.getClientRects().length);

export function openPage({ header, bytes }) {
  const { record, sent, shared, answer } = openedPage({ header, bytes });
  const words = sent.page;
  const models = modelsOf(shared, answer);
  keepStory(models.story);
  const tabs = new PageTabs(models, words, (name, panel) => render(models[name], panel, shared));
  const save = (how) => () => how(shownIn(tabs.panel), `pooltutor-${tabs.selected}`);
  const tools = h(
    "div",
    { className: "page-tools" },
    ...[
      [words.svg, saveSvg],
      [words.png, savePng],
    ].map(([text, how]) => h("button", { type: "button", onclick: save(how) }, text)),
  );
  document.body.append(
    h("header", {}, h("h1", {}, words.title), h("p", {}, words.lead), h("nav", {}, tabs.list, tools)),
    h("main", {}, ...tabs.panels),
    h("footer", {}, h("p", {}, fill(words.footer, record))),
  );
  wearStyle(document.body, sent.css);
  const { signal } = new AbortController(); // the page ends when it is closed
  forwardKeys(signal);
  const changed = followAddress({
    tabs: tabs.names.map((name) => addressTab({ name, model: models[name], beside: models[name].beside }, shared)),
    selected: () => tabs.selected,
    select: (name) => tabs.select(name),
    signal,
  });
  if (!tabs.selected) tabs.select(tabs.names[0]);
  tabs.changed = changed;
  document.getElementById("pooltutor-damaged").remove(); // it has opened
}

openPage(globalThis.pooltutorData);
