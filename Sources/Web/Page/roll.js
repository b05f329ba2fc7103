// The piano roll: what was played and answered in the last seconds.

import { setText } from "./heading.js";

const [longest, shortest] = [20, 12]; // seconds that are shown, where there is room and on a phone
const ahead = 1; // seconds to the right of now: an answer's notes are known a little early
const [gutter, band, foot] = [36, 22, 18]; // pixels for note names, phrase marks and seconds
const leastRows = 25;
const keep = 30; // seconds that are remembered
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const isBlack = (pitch) => [1, 3, 6, 8, 10].includes(pitch % 12);

export class Roll {
  #canvas;
  #context;
  #names;
  #notes = [];
  #phrases = [];
  #offset = null; // performance.now() minus the daemon's clock, in seconds
  #range = { low: 54, high: 78 };
  #frame = 0;
  #drawn = 0;
  #colours = {};
  #hatch = null;
  #back = document.createElement("canvas"); // rows and note names, which seldom change
  #backKey = "";
  #turns = { player: [], answer: [] };

  constructor(canvas, names) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#names = names;
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#resize());
    document.addEventListener("visibilitychange", () => this.#wake());
  }

  set names(names) {
    this.#names = names;
    this.#describe();
    this.#wake();
  }

  /** Hears the daemon's clock. The fastest delivery counts: others were only on their way for longer. */
  clock(time) {
    const offset = performance.now() / 1000 - time;
    const isRestart = this.#offset !== null && offset - this.#offset > 5;
    if (isRestart) [this.#notes, this.#phrases] = [[], []];
    if (this.#offset === null || isRestart || offset < this.#offset) this.#offset = offset;
    else this.#offset += (offset - this.#offset) * 0.01;
  }

  /** Takes notes that begin or, with velocity 0, end. */
  add(news) {
    for (const { time, voice, pitch, velocity } of news) {
      if (this.#offset === null) this.clock(time);
      const isIt = (note) => note.end === null && note.voice === voice && note.pitch === pitch;
      const sounding = this.#notes.findLast(isIt);
      if (sounding) sounding.end = time;
      if (velocity > 0) {
        this.#notes.push({ voice, pitch, velocity, start: time, end: null });
        this.#turns[voice]?.push(pitch);
      }
    }
    this.#describe();
    this.#wake();
  }

  /** Takes the begin or end of a phrase or an answer. */
  phrase({ time, event }) {
    const close = (voice) => {
      const isOpen = (phrase) => phrase.end === null && (!voice || phrase.voice === voice);
      for (const phrase of this.#phrases.filter(isOpen)) phrase.end = time;
    };
    const open = (voice) => {
      close(voice);
      this.#phrases.push({ voice, start: time, end: null });
      const first = time - 0.05;
      this.#turns[voice] = this.#notes.filter((note) => note.voice === voice && note.start >= first)
        .map((note) => note.pitch);
      this.#describe();
    };
    if (event === "began") open("player");
    if (event === "ended") close("player");
    if (event === "answered") open("answer");
    if (event === "finished") close("answer");
    if (event === "silenced") {
      close();
      for (const note of this.#notes) if (note.end === null) note.end = time;
    }
    this.#wake();
  }

  /** Forgets everything, as after the daemon's end. */
  clear() {
    [this.#notes, this.#phrases, this.#offset] = [[], [], null];
    this.#wake();
  }

  /** The last turn of each side in words. */
  #describe() {
    for (const [voice, id] of [["player", "played"], ["answer", "answered"]]) {
      const turn = this.#turns[voice].slice(-48);
      this.#turns[voice] = turn;
      if (turn.length) setText(document.getElementById(id), this.#names.text(turn));
    }
  }

  #now() {
    return performance.now() / 1000 - (this.#offset ?? 0);
  }

  #resize() {
    const scale = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.#canvas;
    this.#canvas.width = Math.round(clientWidth * scale);
    this.#canvas.height = Math.round(clientHeight * scale);
    this.#context.setTransform(scale, 0, 0, scale, 0, 0);
    const style = getComputedStyle(this.#canvas);
    for (const name of ["player", "answer", "line", "faint", "dim", "tint", "key"]) {
      this.#colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
    this.#colours.font = `11px ${style.fontFamily}`;
    this.#hatch = this.#pattern(scale);
    this.#draw();
  }

  /** Stripes, so that an answer is told from a phrase without its colour. */
  #pattern(scale) {
    const tile = document.createElement("canvas");
    const size = Math.round(6 * scale);
    tile.width = tile.height = size;
    const context = tile.getContext("2d");
    context.strokeStyle = this.#colours.answer;
    context.lineWidth = 2.6 * scale;
    context.beginPath();
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift - 2, size + 2);
      context.lineTo(shift + size + 2, -2);
    }
    context.stroke();
    const pattern = this.#context.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / scale));
    return pattern;
  }

  /** Draws while something moves: twenty-five times a second, or once a second for those who prefer less motion. */
  #wake() {
    if (this.#frame || document.hidden) return;
    const step = (time) => {
      this.#frame = 0;
      const pause = calm.matches ? 1000 : 38;
      if (time - this.#drawn >= pause) {
        this.#drawn = time;
        this.#draw();
      }
      if (this.#notes.length || this.#phrases.length) this.#wake();
    };
    this.#frame = requestAnimationFrame(step);
  }

  #draw() {
    const context = this.#context;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const now = this.#now();
    const forget = (list) => list.filter((item) => (item.end ?? now) > now - keep);
    [this.#notes, this.#phrases] = [forget(this.#notes), forget(this.#phrases)];
    const span = width < 480 ? shortest : longest;
    this.#follow(now, span);
    const place = {
      x: (time) => gutter + ((time - now + span - ahead) / span) * (width - gutter),
      row: (height - band - foot) / (this.#range.high - this.#range.low + 1),
      y: (pitch) => band + (this.#range.high - pitch) * place.row,
      width, height, now, span,
    };
    context.clearRect(0, 0, width, height);
    this.#drawBack(place);
    this.#drawSeconds(place);
    context.save();
    context.beginPath();
    context.rect(gutter, 0, width - gutter, height - foot);
    context.clip();
    for (const phrase of this.#phrases) this.#drawPhrase(phrase, place);
    for (const note of this.#notes) this.#drawNote(note, place);
    context.restore();
    if (!this.#notes.length) this.#write("Play a phrase: it appears here.", width / 2, height / 2);
  }

  /** Moves the range of pitches towards what is visible. */
  #follow(now, span) {
    const visible = this.#notes.filter((note) => (note.end ?? now) > now - span).map((note) => note.pitch);
    if (!visible.length) return;
    let [low, high] = [Math.min(...visible) - 2, Math.max(...visible) + 2];
    const lack = leastRows - (high - low + 1);
    if (lack > 0) [low, high] = [low - Math.ceil(lack / 2), high + Math.floor(lack / 2)];
    const speed = calm.matches ? 1 : 0.2;
    const towards = (from, to) => (Math.abs(to - from) < 0.05 ? to : from + (to - from) * speed);
    this.#range = { low: towards(this.#range.low, low), high: towards(this.#range.high, high) };
  }

  #drawBack(place) {
    const { width, height } = this.#canvas;
    const key = [width, height, this.#range.low, this.#range.high, this.#names.names, this.#names.tonic,
      this.#names.isInScale, this.#colours.line].join();
    if (key !== this.#backKey) {
      this.#backKey = key;
      Object.assign(this.#back, { width, height });
      const context = this.#back.getContext("2d");
      context.setTransform(this.#context.getTransform());
      this.#drawRows(place, context);
    }
    if (width && height) this.#context.drawImage(this.#back, 0, 0, place.width, place.height);
  }

  #drawRows(place, context) {
    for (let pitch = Math.floor(this.#range.low); pitch <= Math.ceil(this.#range.high); pitch++) {
      const [y, note] = [place.y(pitch), ((pitch % 12) + 12) % 12];
      if (y < band - place.row || y > place.height - foot) continue;
      const [top, bottom] = [Math.max(y, band), Math.min(y + place.row, place.height - foot)];
      const colour = this.#names.hasScale
        ? this.#names.isInScale[note] && this.#colours.tint
        : isBlack(note) && this.#colours.faint;
      if (colour) {
        context.fillStyle = colour;
        context.fillRect(gutter, top, place.width - gutter, Math.max(0, bottom - top - 1));
      }
      const isTonic = note === (this.#names.tonic ?? 0);
      if (isTonic) {
        context.fillStyle = this.#colours.line;
        context.fillRect(gutter, bottom - 1, place.width - gutter, 1);
      }
      const isNamed = isTonic || (place.row >= 11 && this.#names.isInScale[note]);
      if (isNamed && bottom - top > place.row / 2) {
        this.#write(this.#names.pitch(pitch), gutter - 7, (top + bottom) / 2, { align: "right", context });
      }
    }
  }

  #drawSeconds(place) {
    const context = this.#context;
    for (let back = 0; back < place.span - ahead; back += 5) {
      const x = place.x(place.now - back);
      context.fillStyle = this.#colours.line;
      context.fillRect(Math.round(x), band, 1, place.height - band - foot);
      this.#write(back ? `−${back} s` : "now", x, place.height - foot / 2 + 1);
    }
  }

  /** A bracket above the notes that belong together. */
  #drawPhrase({ voice, start, end }, place) {
    const context = this.#context;
    const [left, right] = [place.x(start), place.x(end ?? place.now)];
    if (right < gutter) return;
    context.strokeStyle = this.#colours[voice];
    context.lineWidth = 2;
    context.setLineDash(voice === "answer" ? [5, 3] : []);
    context.beginPath();
    context.moveTo(left, band - 2);
    context.lineTo(left, band - 7);
    context.lineTo(right, band - 7);
    if (end !== null) context.lineTo(right, band - 2);
    context.stroke();
    context.setLineDash([]);
    if (right - Math.max(left, gutter) > 48) {
      const text = voice === "player" ? "phrase" : "answer";
      this.#write(text, Math.max(left, gutter) + 4, 7, { align: "left", colour: this.#colours[voice] });
    }
  }

  #drawNote({ voice, pitch, velocity, start, end }, place) {
    const context = this.#context;
    const stop = end ?? Math.max(place.now, start + 0.05);
    const [left, right] = [place.x(start), place.x(stop)];
    if (right < gutter || left > place.width) return;
    const [width, height] = [Math.max(3, right - left - 1), Math.max(3, place.row - 1.5)];
    const y = place.y(pitch) + (place.row - height) / 2;
    context.globalAlpha = 0.5 + (velocity / 127) * 0.5;
    context.beginPath();
    context.roundRect(left, y, width, height, Math.min(3, height / 2));
    if (voice === "player") {
      context.fillStyle = this.#colours.player;
      context.fill();
    } else {
      if (voice === "answer") {
        context.fillStyle = this.#hatch;
        context.fill();
      }
      context.strokeStyle = this.#colours.answer;
      context.lineWidth = voice === "answer" ? 1.5 : 1;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  #write(text, x, y, { align = "center", colour = this.#colours.dim, context = this.#context } = {}) {
    context.font = this.#colours.font;
    context.fillStyle = colour;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  }
}
