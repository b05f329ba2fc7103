// Chooses a pattern of the Thesaurus: progression, operation, added notes, and the place in that section of the list.

import { setText } from "./heading.js";
import { loadNotes } from "./patterns.js";

const plural = (number, name) => `${number} ${name}${number === 1 ? "" : "s"}`;

/** Fills a field set; each choice limits those after it. */
export class PatternChooser {
  #sections = [];
  #selects;
  #number;
  #size;
  #cell;
  #change;
  #tonic = 0;
  #names;
  #isTyping = false;

  /** Calls `change()` whenever the person has chosen another pattern. */
  constructor(place, names, change) {
    this.#names = names;
    this.#change = change;
    const id = place.id;
    const select = (name, label) =>
      `<label class="choice"><span>${label}</span><select id="${id}${name}"></select></label>`;
    place.insertAdjacentHTML("beforeend", select("Progression", "progression") + select("Operation", "operation")
      + select("Count", "notes added")
      + `<div class="choice"><label for="${id}Number">place in the list</label><span class="stepper">`
      + `<button id="${id}Previous" type="button" aria-label="Previous pattern">‹</button>`
      + `<input id="${id}Number" type="number" min="1" step="1" inputmode="numeric"`
      + ` aria-describedby="${id}Size ${id}Cell">`
      + `<button id="${id}Next" type="button" aria-label="Next pattern">›</button>`
      + `<span id="${id}Size"></span></span></div><p id="${id}Cell" class="cell"></p>`);
    const part = (name) => document.getElementById(id + name);
    this.#selects = ["Progression", "Operation", "Count"].map(part);
    [this.#number, this.#size, this.#cell] = ["Number", "Size", "Cell"].map(part);
    this.#selects.forEach((each) => each.addEventListener("change", () => this.#choose(this.name)));
    part("Previous").addEventListener("click", () => this.#step(-1));
    part("Next").addEventListener("click", () => this.#step(1));
    this.#number.addEventListener("input", () => {
      this.#isTyping = true;
      if (this.#number.checkValidity() && this.#number.value) this.#showCell();
    });
    this.#number.addEventListener("change", () => this.#choose(this.name));
    this.#number.addEventListener("blur", () => (this.#isTyping = false));
  }

  /** The pattern that is chosen; empty before there is a list. */
  get name() {
    const [progression, operation, count] = this.#selects.map((select) => select.value);
    return progression && `${progression}/${operation}/${count}:${this.#number.value}`;
  }

  /** Offers a list, and of it at first a progression's first pattern. */
  offer(sections, first) {
    if (this.#sections === sections) return;
    this.#sections = sections;
    const title = ({ progression, octaves, parts }) => `${progression} (${plural(octaves, "octave")} in ${parts})`;
    this.#fill(0, sections.map((each) => [each.progression, title(each)]), sections[first].progression);
    this.show("", this.#tonic);
  }

  /** Shows a pattern on a tonic; the person who is typing a number is left alone. */
  show(name, tonic) {
    this.#tonic = tonic;
    if (this.#isTyping || !this.#sections.length) return;
    this.#limit(name);
    this.#showCell();
  }

  #step(by) {
    const size = Number(this.#number.max);
    this.#number.value = ((Number(this.#number.value) - 1 + by + size) % size) + 1;
    this.#choose(this.name);
  }

  #choose(name) {
    this.#isTyping = false;
    this.show(name, this.#tonic);
    this.#change();
  }

  /** Sets all parts to the pattern; what it lacks, or the list, is replaced by what is there. */
  #limit(name) {
    const [progression, operation, place] = name.split("/");
    const [count, number] = (place ?? "").split(":");
    const division = this.#sections.find((each) => each.progression === progression);
    if (division) this.#selects[0].value = progression;
    const section = division ?? this.#sections[this.#selects[0].selectedIndex];
    this.#fill(1, section.operations.map((each) => [each.operation, each.operation]), operation);
    const { sizes } = section.operations.find((each) => each.operation === this.#selects[1].value);
    const counts = Object.keys(sizes).map((each) => [each, `${plural(Number(each), "note")} (${sizes[each]})`]);
    this.#fill(2, counts, count);
    const size = sizes[this.#selects[2].value];
    this.#number.max = size;
    this.#number.value = Math.min(size, Math.max(1, Math.round(Number(number)) || 1));
    setText(this.#size, `of ${size}`);
  }

  /** Puts options into a select, and chooses one of them: the wanted one, else the first. */
  #fill(index, options, wanted) {
    const select = this.#selects[index];
    const isSame = options.length === select.options.length
      && options.every(([value, text], at) => select.options[at].value === value && select.options[at].text === text);
    if (!isSame) select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
    select.value = options.some(([value]) => value === wanted) ? wanted : options[0][0];
  }

  /** Writes out the notes of the first cell; the principal tones at its ends stand out. */
  async #showCell() {
    const asked = { name: this.name, tonic: this.#tonic };
    const notes = await loadNotes(asked);
    // Another one may have been chosen meanwhile.
    if (!notes || asked.name !== this.name || asked.tonic !== this.#tonic) return;
    this.#cell.replaceChildren(...notes.cell.map((pitch, index) => {
      const isPrincipal = index === 0 || index === notes.cell.length - 1;
      const note = document.createElement(isPrincipal ? "b" : "span");
      note.textContent = this.#names.pitch(pitch);
      return note;
    }).flatMap((note) => [note, " "]));
  }
}
