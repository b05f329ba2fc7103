// Patterns of the Thesaurus: the sections of the list and the notes of each pattern, which the server knows.

import { pitchClass } from "./names.js";

const prefix = "thesaurus:";
const notes = new Map();
let sections = null;

/** The progressions with their operations and sizes, asked for once; null when the server is gone. */
export function loadSections() {
  sections ??= fetch("/patterns.json").then((reply) => reply.json()).then(({ progressions }) => progressions)
    .catch(() => (sections = null));
  return sections;
}

/** The notes of a pattern on a tonic 0…11, `{ name, cell, pitchClasses }`; null when there is no such pattern. */
export function loadNotes({ name, tonic }) {
  const query = String(new URLSearchParams({ name, tonic }));
  if (!notes.has(query)) {
    notes.set(query, fetch(`/pattern.json?${query}`).then((reply) => (reply.ok ? reply.json() : null)).catch(() => {
      notes.delete(query);
      return null;
    }));
  }
  return notes.get(query);
}

/** Tonic and name of a text such as "D thesaurus:tritone/interpolation/1:3"; null for none. */
export function readPattern(text) {
  const words = text?.split(" ") ?? [];
  const at = words.findIndex((word) => word.startsWith(prefix));
  if (at < 0) return null;
  return { tonic: (at > 0 && pitchClass(words[at - 1])) || 0, name: words[at].slice(prefix.length) };
}

/** Tonic and both names of a text such as "D morph NAME NAME"; null for none. */
export function readMorph(text) {
  const words = text.split(" ");
  const at = words.indexOf("morph");
  if (at < 0 || words.length < at + 3) return null;
  return { tonic: (at > 0 && pitchClass(words[at - 1])) || 0, names: words.slice(at + 1, at + 3) };
}

/** A pattern as a rule's text names it. */
export const patternText = (name) => prefix + name;
