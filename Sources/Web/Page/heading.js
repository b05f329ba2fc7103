// The scale in large letters, the likeliest scales, the state, level and tuning.

const quietest = -60;
const percent = (share) => `${Math.round(share * 100)} %`;
const byId = (id) => document.getElementById(id);

/** Sets text only when it changes, so that nothing is laid out or read out in vain. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export class Heading {
  #rows = [];
  #announced = { name: "", at: -Infinity };
  #waiting = 0;

  constructor() {
    for (let index = 0; index < 3; index++) {
      const row = document.createElement("li");
      row.innerHTML = '<span class="who"></span><span class="track"><i></i></span><b></b>';
      byId("candidates").append(row);
      this.#rows.push(row);
    }
  }

  /** Shows a readout. */
  show(readout) {
    const [tonic, ...family] = (readout.scale?.name ?? "– no scale").split(" ");
    setText(byId("tonic"), tonic);
    setText(byId("family"), family.join(" "));
    document.body.classList.toggle("without-scale", !readout.scale);
    document.title = readout.scale ? `${readout.scale.name} · Antiphon` : "Antiphon";
    byId("heard").hidden = !readout.pattern;
    setText(byId("heard"), readout.pattern ? `Thesaurus: ${readout.pattern}` : "");
    this.#showCandidates(readout);
    this.#showState(readout);
    this.#announce(readout.scale?.name ?? "no scale", readout.confidence);
    const level = Math.max(0, Math.min(1, 1 - readout.levelDB / quietest));
    byId("level").style.transform = `scaleX(${level.toFixed(3)})`;
    byId("level").classList.toggle("hot", readout.levelDB > -6);
    setText(byId("levelText"), readout.levelDB <= -119 ? "silent" : `${Math.round(readout.levelDB)} dB`);
    byId("tuning").style.left = `${50 + readout.tuningCents}%`;
    const cents = Math.round(readout.tuningCents);
    setText(byId("tuningText"), `${cents > 0 ? "+" : ""}${cents} ct`);
  }

  #showCandidates(readout) {
    const isHeard = readout.input.state === "active";
    this.#rows.forEach((row, index) => {
      const candidate = isHeard ? readout.candidates[index] : undefined;
      row.classList.toggle("empty", !candidate);
      row.classList.toggle("shown", !!candidate && candidate.name === (readout.scale?.name ?? "no scale"));
      const [who, track, share] = row.children;
      setText(who, candidate?.name ?? "");
      setText(share, candidate ? percent(candidate.confidence) : "");
      track.firstChild.style.transform = `scaleX(${(candidate?.confidence ?? 0).toFixed(3)})`;
    });
  }

  #showState(readout) {
    const dialogue = readout.dialogue;
    const count = (number) => `${number} note${number === 1 ? "" : "s"}`;
    let [state, text] = [dialogue?.state ?? "listening", dialogue?.state ?? "listening"];
    if (readout.input.state !== "active" && !dialogue) [state, text] = ["wait", "waiting for sound"];
    if (state === "phrase") text = `phrase of ${count(dialogue.phraseNotes)}`;
    if (state === "answering") text = `answering ${count(dialogue.phraseNotes)}`;
    if (dialogue?.learning) [state, text] = ["learning", `move a knob for ${dialogue.learning}`];
    byId("state").dataset.state = state;
    setText(byId("state"), text);
  }

  /** Tells screen readers about a new scale, at most every five seconds. */
  #announce(name, confidence) {
    if (name === this.#announced.name) return;
    const wait = this.#announced.at + 5000 - performance.now();
    clearTimeout(this.#waiting);
    if (wait > 0) {
      this.#waiting = setTimeout(() => this.#announce(name, confidence), wait);
      return;
    }
    this.#announced = { name, at: performance.now() };
    setText(byId("announce"), name === "no scale" ? "No scale is heard." : `${name}, ${percent(confidence)}.`);
  }
}
