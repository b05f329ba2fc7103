// Note names as the scale spells them, from the table of scales that the server makes.

const usual = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];
const flats = ["C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"];
const sharps = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

/** The pitch class 0…11 of a name such as "E♭"; undefined for others. */
export const pitchClass = (name) =>
  [usual, flats, sharps].map((names) => names.indexOf(name)).find((index) => index >= 0);

/** All scales, by family. */
export class ScaleTable {
  /** Reads the table; the page can't be spelled without it. */
  static async load() {
    const reply = await fetch("/scales.json");
    return new ScaleTable((await reply.json()).families);
  }

  constructor(families) {
    this.families = families;
  }

  /** "E♭ dorian" for tonic 3 and the family "dorian". */
  name(tonic, family) {
    const entry = this.families.find((each) => each.family === family);
    return entry ? `${entry.spelled[tonic][0]} ${entry.name}` : "";
  }

  /** The tonic and family of a name such as "E♭ dorian"; null for none that is known. */
  find(name) {
    for (const { family } of this.families) {
      for (let tonic = 0; tonic < 12; tonic++) if (this.name(tonic, family) === name) return { tonic, family };
    }
    return null;
  }
}

/** Names of the twelve pitch classes, C first, and which of them belong to a scale. */
export class NoteNames {
  constructor(table, scale) {
    this.names = [...usual];
    this.isInScale = new Array(12).fill(false);
    this.tonic = scale?.tonic ?? null;
    const entry = table.families.find((each) => each.family === scale?.family);
    if (!entry || this.tonic === null) return;
    const spelled = entry.spelled[this.tonic];
    // The other notes take the accidental that the scale uses, so that a row never mixes both.
    if (spelled.some((name) => name.includes("♭"))) this.names = [...flats];
    else if (spelled.some((name) => name.includes("♯"))) this.names = [...sharps];
    entry.intervals.forEach((interval, index) => {
      const note = (this.tonic + interval) % 12;
      this.names[note] = spelled[index];
      this.isInScale[note] = true;
    });
  }

  get hasScale() {
    return this.tonic !== null;
  }

  /** A MIDI pitch with its octave, 60 as C4. */
  pitch(pitch) {
    return this.names[pitch % 12] + (Math.floor(pitch / 12) - 1);
  }

  /** Pitches as a line of text. */
  text(pitches) {
    return pitches.map((pitch) => this.pitch(pitch)).join(" ");
  }
}
