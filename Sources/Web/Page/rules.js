// Which notes answers may take: those of the scale that is heard, of a locked one, or of patterns.

import { PatternChooser } from "./chooser.js";
import { setText } from "./heading.js";
import { NoteNames } from "./names.js";
import { loadSections, patternText, readMorph, readPattern } from "./patterns.js";

const byId = (id) => document.getElementById(id);
const chosen = () => document.querySelector('input[name="rule"]:checked')?.value;
const choose = (rule) => {
  const button = document.querySelector(`input[name="rule"][value="${rule}"]`);
  if (button && !button.checked) button.checked = true;
};
/** Rules whose choosers the person has set, so that what is heard doesn't move them. */
const fixed = ["lock", "pattern", "morph"];

export class Rules {
  #send;
  #table;
  #choosers;
  #names;
  /** Own commands without a reply yet. */
  #pending = 0;

  constructor(table, send) {
    this.#table = table;
    this.#send = send;
    this.#names = new NoteNames(table, null);
    this.#choosers = ["patternA", "patternB"].map(
      (id) => new PatternChooser(byId(id), this.#names, () => this.#order()));
    byId("lockTonic").replaceChildren(...Array.from({ length: 12 }, (_, tonic) => new Option("", tonic)));
    byId("lockFamily").replaceChildren(...table.families.map(({ family, name }) => new Option(name, family)));
    this.#arrange();
    for (const button of document.querySelectorAll('input[name="rule"]')) {
      button.addEventListener("change", () => this.#order());
    }
    for (const id of ["lockTonic", "lockFamily"]) {
      byId(id).addEventListener("change", () => {
        // Who chooses a scale wants it.
        if (!fixed.includes(chosen())) choose("lock");
        this.#order();
      });
    }
  }

  get #tonic() {
    return Number(byId("lockTonic").value);
  }

  /** Sends what is chosen. Until the reply to it has come, the daemon tells of what was before. */
  async #order() {
    this.#pending += 1;
    this.#arrange();
    const rule = chosen();
    const isOpen = !["pattern", "morph"].includes(rule) || (await this.#open());
    // The person may have chosen something else before the list was there.
    const isSent = isOpen && chosen() === rule && this.#send({ command: "scale", ...this.#command(rule) });
    if (!isSent) this.replied({ command: "scale" });
  }

  #command(rule) {
    const tonic = byId("lockTonic").selectedOptions[0].text;
    const [first, second] = this.#choosers.map(({ name }) => name);
    switch (rule) {
      case "lock": return { rule, scale: this.#table.name(this.#tonic, byId("lockFamily").value) };
      case "pattern": return { rule: "lock", scale: `${tonic} ${patternText(first)}` };
      case "morph": return { rule, scale: `${tonic} ${first} ${second}` };
      default: return { rule };
    }
  }

  /** Fills the choosers of patterns; false when the server is gone. */
  async #open() {
    const sections = await loadSections();
    this.#choosers.forEach((chooser, index) => {
      if (sections) chooser.offer(sections, index);
      chooser.show(chooser.name, this.#tonic);
    });
    return !!sections;
  }

  /** Shows the choosers of the rule, and the tonics as it spells them. */
  #arrange() {
    const rule = chosen();
    const [isPattern, isMorph] = [rule === "pattern", rule === "morph"];
    byId("lockScale").hidden = isPattern || isMorph;
    byId("patterns").hidden = !isPattern && !isMorph;
    byId("patterns").classList.toggle("both", isMorph);
    for (const id of ["patternB", "morph"]) byId(id).hidden = !isMorph;
    setText(byId("titleA"), isMorph ? "pattern A, where morph is 0" : "pattern");
    const entry = this.#table.families.find(({ family }) => family === byId("lockFamily").value);
    const names = isPattern || isMorph ? this.#names.names : entry.spelled.map(([tonic]) => tonic);
    [...byId("lockTonic").options].forEach((option, tonic) => setText(option, names[tonic]));
  }

  /** Counts the replies to own commands. */
  replied(request) {
    if (request?.command === "scale" && this.#pending) this.#pending -= 1;
  }

  /** A new connection: there are no more replies to come. */
  reset() {
    this.#pending = 0;
  }

  /** Shows a rule as the daemon writes it. */
  async show(text) {
    if (this.#pending) return;
    const [morph, pattern] = [readMorph(text), readPattern(text)];
    const scale = text.startsWith("lock ") ? this.#table.find(text.slice(5)) : null;
    choose(morph ? "morph" : pattern ? "pattern" : text.split(" ")[0]);
    if (scale) byId("lockFamily").value = scale.family;
    const tonic = (morph ?? pattern ?? scale)?.tonic;
    if (tonic !== undefined) byId("lockTonic").value = tonic;
    this.#arrange();
    if (!(morph ?? pattern) || !(await this.#open()) || this.#pending) return;
    (morph?.names ?? [pattern.name]).forEach((name, index) => this.#choosers[index].show(name, tonic));
  }

  /** Shows the pattern that answers take their notes from now: `{ name, tonic, cell }`, or null. */
  showNow(pattern) {
    setText(byId("patternNow"), pattern?.name ?? "–");
    setText(byId("patternNotes"), pattern ? this.#names.text(pattern.cell) : "");
  }

  /** Before a scale is chosen, the choosers offer the one that is heard. */
  suggest(scale) {
    const isChoosing = ["lockTonic", "lockFamily"].includes(document.activeElement?.id);
    if (!scale || fixed.includes(chosen()) || isChoosing) return;
    byId("lockTonic").value = scale.tonic;
    byId("lockFamily").value = scale.family;
    this.#arrange();
  }
}
