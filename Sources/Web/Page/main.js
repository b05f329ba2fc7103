// Puts the page together: what comes from the daemon goes to its place, what is touched goes to the daemon.

import { Connection } from "./connection.js";
import { Controls } from "./controls.js";
import { Footer } from "./footer.js";
import { Heading, setText } from "./heading.js";
import { Knobs } from "./knobs.js";
import { NoteNames, ScaleTable } from "./names.js";
import { loadNotes, readPattern } from "./patterns.js";
import { Roll } from "./roll.js";
import { Rules } from "./rules.js";
import { Wheel } from "./wheel.js";

const byId = (id) => document.getElementById(id);

/** The key of the address, kept for this tab only and out of sight; the server hands out the page for it alone. */
function takeKey() {
  const key = new URLSearchParams(location.search).get("key") ?? "";
  sessionStorage.setItem("key", key);
  history.replaceState(null, "", "/");
  return key;
}

/** A sentence that goes away by itself. */
function toast(text, isProblem = false) {
  const element = document.createElement("p");
  element.textContent = text;
  element.className = isProblem ? "problem" : "";
  byId("toasts").replaceChildren(...[...byId("toasts").children].slice(-2), element);
  setTimeout(() => element.remove(), isProblem ? 9000 : 4000);
}

const key = takeKey();
const table = await ScaleTable.load();
let names = new NoteNames(table, null);
let scaleName = "";
let patternText = ""; // the pattern that answers take their notes from, as the daemon writes it
let pattern = null; // and with its notes
let tellsChanges = false; // a daemon that tells of changes need not be asked for them

const connection = new Connection(key);
const send = (request) => {
  const isSent = connection.send(request);
  if (!isSent) toast("Nothing was sent: antiphond is not there.", true);
  return isSent;
};
const heading = new Heading();
const wheel = new Wheel(byId("wheel"));
const roll = new Roll(byId("roll"), names);
const knobs = new Knobs(byId("settings"), send);
const controls = new Controls(send);
const rules = new Rules(table, send);
const footer = new Footer();

for (const button of document.querySelectorAll('input[name="order"]')) {
  button.addEventListener("change", () => {
    wheel.order = button.value;
    localStorage.setItem("order", button.value);
  });
  if (localStorage.getItem("order") === button.value) button.click();
}
wheel.show(new Array(12).fill(0), names, null);

/** Shows the pattern that answers take their notes from, as soon as its notes are known. */
async function showPattern(text) {
  if (text === patternText) return;
  patternText = text;
  const named = readPattern(text);
  const notes = named && (await loadNotes(named));
  if (text !== patternText) return; // the knob has moved on
  pattern = notes && { ...notes, tonic: named.tonic };
  rules.showNow(pattern);
}

connection.on("link", ({ state, text, version }) => {
  const isThere = state === "there";
  document.body.classList.toggle("offline", !isThere);
  byId("link").dataset.state = state;
  setText(byId("link"), isThere ? "live" : "offline");
  byId("link").title = isThere ? `antiphond ${version}` : "";
  byId("banner").hidden = isThere;
  setText(byId("banner"), isThere ? "" : text);
  byId("main").inert = !isThere;
  if (!isThere) {
    document.title = "Antiphon: offline";
    return;
  }
  tellsChanges = false;
  rules.reset();
  roll.clear();
  connection.send({ command: "watch", notes: true });
  for (const command of ["settings", "styles", "status"]) connection.send({ command });
  connection.send({ command: "record", state: "status" });
});

connection.on("readout", ({ readout }) => {
  if (scaleName !== (readout.scale?.name ?? "")) {
    scaleName = readout.scale?.name ?? "";
    names = new NoteNames(table, readout.scale);
    roll.names = names;
    rules.suggest(readout.scale);
  }
  showPattern(readout.dialogue?.pattern ?? "");
  roll.clock(readout.time);
  heading.show(readout);
  wheel.show(readout.chroma, names, pattern);
  knobs.learning = readout.dialogue?.learning ?? null;
});
connection.on("notes", ({ notes }) => roll.add(notes));
connection.on("phrase", ({ phrase }) => roll.phrase(phrase));
const showSettings = ({ settings }) => {
  knobs.show(settings.settings);
  controls.show(settings);
  rules.show(settings.scaleRule);
};
connection.on("settings", (message, request) => {
  rules.replied(request);
  showSettings(message);
});
connection.on("changed", (message) => {
  tellsChanges = true;
  showSettings(message);
});
connection.on("styles", ({ styles }) => controls.showStyles(styles));
connection.on("status", ({ status }) => {
  footer.show(status);
  if (status.recording) controls.showRecording(status.recording);
});
connection.on("recording", ({ recording }) => controls.showRecording(recording));
connection.on("done", ({ message }) => toast(message));
connection.on("notice", ({ message }) => toast(message));
connection.on("learned", ({ learned }) => {
  toast(`Controller ${learned.controller} of ${learned.keyboard} now moves ${learned.name}.`);
  connection.send({ command: "settings" });
});
connection.on("error", ({ code, message }, request) => {
  rules.replied(request);
  // A daemon without a recorder has no record button.
  if (code === "unknown-command" && request?.command === "record") return;
  toast(message, true);
  connection.send({ command: "settings" });
});

setInterval(() => {
  if (document.hidden) return;
  connection.send({ command: "status" });
  if (!tellsChanges) connection.send({ command: "settings" });
}, 1000);
connection.open();
