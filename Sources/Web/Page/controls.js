// Mode, style, reply, panic and record.

import { setText } from "./heading.js";

const byId = (id) => document.getElementById(id);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
const choose = (name, value) => {
  const button = document.querySelector(`input[name="${name}"][value="${value}"]`);
  if (button && !button.checked) button.checked = true;
};

export class Controls {
  #send;
  #isRecording = false;

  constructor(send) {
    this.#send = send;
    this.#listen();
  }

  #listen() {
    const on = (id, event, action) => byId(id).addEventListener(event, action);
    for (const button of document.querySelectorAll('input[name="mode"]')) {
      button.addEventListener("change", () => this.#send({ command: "mode", mode: button.value }));
    }
    on("style", "change", () => this.#send({ command: "style", name: byId("style").value }));
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

  /** Shows the choices of a settings list. */
  show({ style, isChanged, mode }) {
    choose("mode", mode);
    if (byId("style").value !== style) byId("style").value = style;
    setText(byId("changed"), isChanged ? `changed since the style ${style} was chosen` : "");
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
