// A slider or switch for each setting, made from the list that the daemon gives.

import { setText } from "./heading.js";

const positions = 200; // of a slider whose range runs by ratio
const hold = 700; // milliseconds after a move in which the daemon's echo does not move the slider back

/** Whether only whole numbers make sense, as far as the range tells. */
const isWhole = ({ minimum, maximum }) =>
  Number.isInteger(minimum) && Number.isInteger(maximum) && maximum - minimum >= 10;

/** Ranges of factors run by ratio, so that the middle between a quarter and four is one. */
const isRatio = (setting) => setting.minimum > 0 && !isWhole(setting);

const write = (value) => String(+value.toFixed(Math.abs(value) < 10 ? 2 : 1)).replace("-", "−");

class Knob {
  #setting;
  #send;
  #moved = -Infinity;
  #timer = 0;
  #sent = 0;
  #following = 0;

  constructor(setting, send) {
    this.#setting = setting;
    this.#send = send;
    this.element = document.createElement("div");
    this.element.className = "setting";
    this.element.dataset.name = setting.name;
    const id = `setting-${setting.name}`;
    const isSwitch = setting.unit === "switch";
    this.element.innerHTML = `<label for="${id}"></label><output for="${id}"></output>`
      + `<input id="${id}" aria-describedby="${id}-help"><button type="button" class="learn"></button>`
      + `<p id="${id}-help"></p>`;
    [this.label, this.output, this.input, this.learn, this.help] = this.element.children;
    this.label.textContent = setting.name;
    this.help.textContent = setting.summary;
    this.learn.dataset.learn = setting.name;
    if (isSwitch) {
      this.element.classList.add("switch");
      Object.assign(this.input, { type: "checkbox" });
      this.input.setAttribute("role", "switch");
      this.input.addEventListener("change", () => this.#move());
    } else {
      const limits = isRatio(setting)
        ? { min: 0, max: positions, step: 1 }
        : { min: setting.minimum, max: setting.maximum, step: isWhole(setting) ? 1 : this.#step() };
      Object.assign(this.input, { type: "range", ...limits });
      this.input.addEventListener("input", () => this.#move());
    }
    this.show(setting, false);
  }

  /** A hundredth of the range, or the next nice number below. */
  #step() {
    const raw = (this.#setting.maximum - this.#setting.minimum) / 100;
    return 10 ** Math.floor(Math.log10(raw) + 1e-9);
  }

  get #value() {
    if (this.input.type === "checkbox") return this.input.checked ? 1 : 0;
    const position = Number(this.input.value);
    if (!isRatio(this.#setting)) return position;
    const { minimum, maximum } = this.#setting;
    return +(minimum * (maximum / minimum) ** (position / positions)).toFixed(3);
  }

  /** Shows the daemon's setting; its value only once the person no longer moves this very knob. */
  show(setting, isLearning) {
    this.#setting = setting;
    this.element.classList.toggle("learning", isLearning);
    this.learn.setAttribute("aria-pressed", isLearning);
    const hasController = setting.controller !== undefined;
    setText(this.learn, isLearning ? "move a knob…" : hasController ? `CC ${setting.controller}` : "learn");
    const name = hasController
      ? `Controller ${setting.controller} moves ${setting.name}; forget it`
      : `Learn a controller for ${setting.name}`;
    this.learn.setAttribute("aria-label", isLearning ? `Waiting for a controller for ${setting.name}` : name);
    this.learn.classList.toggle("known", hasController);
    this.#follow();
  }

  /** Shows the daemon's value, now or when the hold is over: it may be another's, and not be told again. */
  #follow() {
    clearTimeout(this.#following);
    const rest = this.#moved + hold - performance.now();
    if (rest > 0) {
      this.#following = setTimeout(() => this.#follow(), rest);
      return;
    }
    const { value, minimum, maximum } = this.#setting;
    if (this.input.type === "checkbox") this.input.checked = value > 0.5;
    else {
      const position = isRatio(this.#setting) ? (Math.log(value / minimum) / Math.log(maximum / minimum)) * positions : value;
      if (Math.abs(Number(this.input.value) - position) >= 0.5 * Number(this.input.step)) this.input.value = position;
    }
    this.#label(value);
  }

  #label(value) {
    const { unit } = this.#setting;
    const text = unit === "switch" ? (value > 0.5 ? "on" : "off") : write(value) + (unit ? ` ${unit}` : "");
    setText(this.output, text);
    if (unit === "switch") return;
    this.input.setAttribute("aria-valuetext", text);
    const share = (this.input.value - this.input.min) / (this.input.max - this.input.min);
    this.input.style.setProperty("--share", `${(share * 100).toFixed(2)}%`);
  }

  /** Sends at most twenty values a second, and always the last one. */
  #move() {
    this.#moved = performance.now();
    this.#label(this.#value);
    clearTimeout(this.#timer);
    const wait = Math.max(0, this.#sent + 50 - performance.now());
    this.#timer = setTimeout(() => {
      this.#sent = this.#moved = performance.now();
      this.#send({ command: "set", name: this.#setting.name, value: this.#value });
    }, wait);
  }
}

/** All knobs. */
export class Knobs {
  #place;
  #send;
  #knobs = new Map();
  #list = [];
  #learning = null;

  constructor(place, send) {
    this.#place = place;
    this.#send = send;
    document.getElementById("knobs").addEventListener("click", (event) => {
      const name = event.target.closest(".learn")?.dataset.learn;
      if (name) this.#learn(name);
    });
  }

  /** Shows the settings; makes the knobs anew when there are others than before. */
  show(list) {
    this.#list = list;
    if (list.map(({ name }) => name).join() !== [...this.#knobs.keys()].join()) {
      this.#knobs = new Map(list.map((setting) => [setting.name, new Knob(setting, this.#send)]));
      this.#place.replaceChildren();
      for (const [name, { element }] of this.#knobs) {
        // A setting may have a place of its own.
        const own = document.querySelector(`[data-place="${CSS.escape(name)}"]`);
        if (own) own.replaceChildren(element);
        else this.#place.append(element);
      }
    }
    for (const setting of list) this.#knobs.get(setting.name).show(setting, setting.name === this.#learning);
  }

  /** The setting that waits for a controller, or null. */
  set learning(name) {
    if (name === this.#learning) return;
    this.#learning = name;
    this.show(this.#list);
  }

  #learn(name) {
    const setting = this.#list.find((each) => each.name === name);
    const isKnown = setting?.controller !== undefined;
    this.#send({ command: isKnown ? "forget" : "learn", name });
    this.#send({ command: "settings" });
  }
}
