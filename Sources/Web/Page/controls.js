// Mode, style, the notes that answers may take, reply, panic and record.

import { setText } from "./heading.js";

const byId = (id) => document.getElementById(id);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
const choose = (name, value) => {
  const button = document.querySelector(`input[name="${name}"][value="${value}"]`);
  if (button && !button.checked) button.checked = true;
};

export class Controls {
  #send;
  #table;
  #isRecording = false;

  constructor(table, send) {
    this.#table = table;
    this.#send = send;
    byId("lockTonic").replaceChildren(...Array.from({ length: 12 }, (_, tonic) => new Option("", tonic)));
    byId("lockFamily").replaceChildren(...table.families.map(({ family, name }) => new Option(name, family)));
    this.#nameTonics();
    this.#listen();
  }

  #listen() {
    const on = (id, event, action) => byId(id).addEventListener(event, action);
    for (const button of document.querySelectorAll('input[name="mode"]')) {
      button.addEventListener("change", () => this.#send({ command: "mode", mode: button.value }));
    }
    for (const button of document.querySelectorAll('input[name="rule"]')) {
      button.addEventListener("change", () => this.#sendRule(button.value));
    }
    on("style", "change", () => this.#send({ command: "style", name: byId("style").value }));
    for (const id of ["lockTonic", "lockFamily"]) {
      on(id, "change", () => {
        this.#nameTonics();
        // Who chooses a scale wants it.
        choose("rule", "lock");
        this.#sendRule("lock");
      });
    }
    on("reply", "click", () => this.#send({ command: "answer" }));
    on("panic", "click", () => this.#send({ command: "panic" }));
    on("record", "click", () => {
      const state = this.#isRecording ? "off" : "on";
      this.#send({ command: "record", state, ...(state === "on" && { audio: byId("audio").checked }) });
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.repeat || event.isComposing) return;
      this.#send({ command: "panic" });
      byId("panic").classList.add("pressed");
      setTimeout(() => byId("panic").classList.remove("pressed"), 200);
    });
  }

  #sendRule(rule) {
    const scale = this.#table.name(Number(byId("lockTonic").value), byId("lockFamily").value);
    this.#send({ command: "scale", rule, ...(rule === "lock" && { scale }) });
  }

  /** Tonics as the chosen family spells them. */
  #nameTonics() {
    const entry = this.#table.families.find(({ family }) => family === byId("lockFamily").value);
    [...byId("lockTonic").options].forEach((option, tonic) => setText(option, entry.spelled[tonic][0]));
  }

  /** Shows the choices of a settings list. */
  show({ style, isChanged, mode, scaleRule }) {
    choose("mode", mode);
    const [rule] = scaleRule.split(" ");
    choose("rule", rule);
    const scale = rule === "lock" ? this.#table.find(scaleRule.slice(5)) : null;
    if (scale) {
      byId("lockTonic").value = scale.tonic;
      byId("lockFamily").value = scale.family;
      this.#nameTonics();
    }
    if (byId("style").value !== style) byId("style").value = style;
    setText(byId("changed"), isChanged ? `changed since the style ${style} was chosen` : "");
  }

  /** Before a scale is locked, the choosers offer the one that is heard. */
  suggest(scale) {
    const isLocked = document.querySelector('input[name="rule"]:checked')?.value === "lock";
    const isChoosing = ["lockTonic", "lockFamily"].includes(document.activeElement?.id);
    if (!scale || isLocked || isChoosing) return;
    byId("lockTonic").value = scale.tonic;
    byId("lockFamily").value = scale.family;
    this.#nameTonics();
  }

  /** Fills the chooser of styles. */
  showStyles({ current, styles }) {
    byId("style").replaceChildren(...styles.map(({ name, summary, isOwn, problem }) => {
      const option = new Option(isOwn ? `${name} (own)` : name, name);
      option.title = problem ?? summary;
      option.disabled = !!problem;
      return option;
    }));
    byId("style").value = current;
  }

  /** Shows whether a recording runs and how much it takes. */
  showRecording({ isOn, bytes, limit, message, file }) {
    this.#isRecording = isOn;
    byId("recording").hidden = false;
    byId("record").setAttribute("aria-pressed", isOn);
    byId("audio").disabled = isOn;
    const used = limit > 0 ? `${megabytes(bytes)} of ${megabytes(limit)}` : megabytes(bytes);
    setText(byId("size"), message ?? (isOn || bytes > 0 ? used : ""));
    byId("size").title = file ?? "";
  }
}
