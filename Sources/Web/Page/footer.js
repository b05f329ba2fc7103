// Keyboards, connections and warnings, in small print.

import { setText } from "./heading.js";

const inputText = ({ state, sampleRate, period, connections }) => {
  const waiting = { absent: "waiting for JACK", open: "audio starts", lost: "waiting for JACK again" };
  if (state !== "active") return waiting[state] ?? state;
  return `${connections.join(", ") || "nothing connected"} · ${sampleRate} Hz, ${period} frames`;
};
const duration = (seconds) => {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return minutes ? `${minutes} min` : `${Math.floor(seconds)} s`;
};

export class Footer {
  #warnings = document.getElementById("warnings");
  #facts = document.getElementById("facts");

  /** Shows the daemon's status. */
  show(status) {
    const { dialogue, voice, midi, audio, osc } = status;
    const latency = dialogue?.latencyMilliseconds;
    const rows = [
      ["keyboards", dialogue?.keyboards.join(", ") || "none yet: plug one in"],
      ["input", inputText(audio.input)],
      ["output", voice ? voice.connections.join(", ") || "not connected" : null],
      ["MIDI", midi?.client ?? null],
      ["answer after", latency === undefined ? null : `${latency.toFixed(1)} ms`],
      ["OSC", osc ? `${osc.address}:${osc.port}` : null],
      ["antiphond", `${status.version}, up ${duration(status.uptime)}, ${audio.xruns} xrun${audio.xruns === 1 ? "" : "s"}`],
    ];
    const known = rows.filter(([, text]) => text !== null);
    this.#fill(this.#facts, known, "div", ([name, text]) => [["dt", name], ["dd", text]]);
    this.#fill(this.#warnings, [...new Set(status.warnings)], "li", (text) => [["span", text]]);
    this.#warnings.hidden = !status.warnings.length;
  }

  /** Makes or changes rows of a list; elements that stay are not touched. */
  #fill(list, items, tag, parts) {
    while (list.children.length > items.length) list.lastChild.remove();
    items.forEach((item, index) => {
      const row = list.children[index] ?? list.appendChild(document.createElement(tag));
      parts(item).forEach(([name, text], part) => {
        const element = row.children[part] ?? row.appendChild(document.createElement(name));
        setText(element, text);
      });
    });
  }
}
