// The chroma wheel: how strongly each of the twelve notes is heard.

import { setText } from "./heading.js";

const [inner, outer, rim, label] = [32, 84, 89, 106];
const svg = (name, attributes = {}) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

/** The point at an angle in twelfths of a turn from the top, clockwise. */
const point = (radius, turn) => {
  const angle = (turn / 12) * 2 * Math.PI;
  return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
};

/** A piece of a ring around a place, with a gap to its neighbours. */
const sector = (place, from, to) => {
  const [left, right] = [place - 0.47, place + 0.47];
  return `M${point(from, left)}L${point(to, left)}A${to} ${to} 0 0 1 ${point(to, right)}`
    + `L${point(from, right)}A${from} ${from} 0 0 0 ${point(from, left)}Z`;
};

export class Wheel {
  #element;
  #caption = document.getElementById("ringed");
  #notes = [];
  #centre = svg("text", { class: "centre", y: 6 });
  #order = "fifths";
  #shown = "";
  #described = -Infinity;

  constructor(element) {
    this.#element = element;
    for (let note = 0; note < 12; note++) {
      const parts = {
        back: svg("path", { class: "back" }), bar: svg("path", { class: "bar" }), rim: svg("path", { class: "rim" }),
        dot: svg("circle", { class: "dot", r: 13 }), ring: svg("circle", { class: "ring", r: 13 }), text: svg("text"),
      };
      element.append(...Object.values(parts));
      this.#notes.push(parts);
    }
    element.append(this.#centre);
    this.order = "fifths";
  }

  /** "fifths" or "chromatic". */
  set order(order) {
    this.#order = order;
    this.#shown = "";
    this.#notes.forEach((parts, note) => {
      const place = this.#place(note);
      const [x, y] = point(label, place).split(" ");
      parts.back.setAttribute("d", sector(place, inner, outer));
      parts.rim.setAttribute("d", sector(place, rim - 1.5, rim + 1.5));
      for (const circle of [parts.dot, parts.ring]) {
        circle.setAttribute("cx", x);
        circle.setAttribute("cy", y);
      }
      parts.text.setAttribute("x", x);
      parts.text.setAttribute("y", +y + 4.5);
    });
  }

  #place(note) {
    return this.#order === "fifths" ? (note * 7) % 12 : note;
  }

  /** Shows twelve strengths, C first, the scale's notes, and with rings those of a pattern, when there is one. */
  show(chroma, names, pattern) {
    const key = JSON.stringify([chroma, names.names, names.tonic, names.isInScale, pattern]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#notes.forEach((parts, note) => {
      // The area of a sector grows as its strength does.
      const radius = Math.sqrt(inner ** 2 + chroma[note] * (outer ** 2 - inner ** 2));
      parts.bar.setAttribute("d", chroma[note] > 0.004 ? sector(this.#place(note), inner, radius) : "");
      for (const part of Object.values(parts)) {
        part.classList.toggle("member", names.isInScale[note]);
        part.classList.toggle("tonic", names.tonic === note);
      }
      parts.ring.classList.toggle("shown", !!pattern?.pitchClasses.includes(note));
      setText(parts.text, names.names[note]);
    });
    setText(this.#centre, names.hasScale ? names.names[names.tonic] : "");
    const ringed = pattern?.pitchClasses.map((note) => names.names[note]).join(" ");
    this.#caption.hidden = !pattern;
    setText(this.#caption, pattern ? `answers: ${ringed}` : "");
    this.#describe(chroma, names);
  }

  /** In words for screen readers, every three seconds at most. */
  #describe(chroma, names) {
    if (performance.now() - this.#described < 3000) return;
    this.#described = performance.now();
    const loud = chroma.map((strength, note) => ({ strength, note })).filter(({ strength }) => strength > 0.25)
      .sort((a, b) => b.strength - a.strength).slice(0, 4).map(({ note }) => names.names[note]);
    const what = loud.length ? `strongest ${loud.join(", ")}` : "silent";
    this.#element.setAttribute("aria-label", `Chroma wheel: ${what}`);
  }
}
