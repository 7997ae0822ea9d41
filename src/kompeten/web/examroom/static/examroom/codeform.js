// The code that opens the paper where there is no line: asked for until it is right, each mistake in words.
import { CODE_LENGTH, readCode } from "./package.js";
import { one, say } from "./words.js";

// `shown` is the part of the page with the form, `why` the word that says why it is asked for, if any.
// `open(code)` shows the paper or throws {reason}; `byLine` tries the line once more.
export function asked({ shown, why, open, byLine }) {
  const line = one("code-said", shown);
  const tell = (text) => { line.textContent = text; line.hidden = !text; };
  tell(why && say(why));
  one("try-line", shown).onclick = byLine;
  one("code-form", shown).onsubmit = async (event) => {
    event.preventDefault();
    const code = readCode(one("code", shown).value);
    if (code.length !== CODE_LENGTH) return tell(say("code-length", { n: code.length }));
    tell(say("code-tried"));
    try {
      await open(code);
    } catch (problem) {
      tell(say(problem.reason === "code" ? "code-wrong" : `stopped-${problem.reason}`));
      one("code", shown).focus();
    }
  };
}
