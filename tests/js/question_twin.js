// What the browser's code says of answers that come as JSON, for tests/test_question_twins.py.

import { readFileSync } from "node:fs";
import { refusalOfAnswer } from "../../pooltutor/live/js/pure/question/judging.js";
import { rightAnswer } from "../../pooltutor/live/js/pure/question/right.js";
import { isAnswer } from "../../pooltutor/live/js/pure/story/steps.js";
import { asked, judged, words } from "./asked.js";

/** The right answer, and for each text whether it is right and what is said about it. */
function marked({ question, n, m, numbers, given }) {
  const about = asked(question, n, m, numbers);
  const said = given.map((text) => {
    const found = judged(about, text);
    return found ? [found.right, found.sentence] : [null, refusalOfAnswer(about, text, words)];
  });
  return { right: rightAnswer(about), said };
}

/** Of an answer with all that a view keeps of it, whether it is one; of a question what is right. */
const told = (one) => ("answer" in one ? isAnswer(one.answer) : marked(one));

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(told)));
