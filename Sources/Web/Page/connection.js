// The page's connection to the daemon: lines of the control protocol through the bridge.

/** Connects again by itself; hands each message to those who asked for its type. */
export class Connection {
  #key;
  #socket = null;
  #handlers = new Map();
  /** Commands without a reply yet, oldest first: replies come in the order of the commands. */
  #pending = [];
  #isThere = false;

  constructor(key) {
    this.#key = key;
  }

  /** Whether the daemon answers. */
  get isThere() {
    return this.#isThere;
  }

  /**
   * Calls `handler(message, request)` for each message of a type; `request` is the command that it replies to, and is
   * missing for events. The type "link" tells how the connection stands: there, absent, ended or stale.
   */
  on(type, handler) {
    const all = this.#handlers.get(type) ?? [];
    this.#handlers.set(type, [...all, handler]);
  }

  /** Sends a command; false when nobody would hear it. */
  send(request) {
    if (this.#socket?.readyState !== WebSocket.OPEN || !this.#isThere) return false;
    this.#pending.push(request);
    this.#socket.send(JSON.stringify(request));
    return true;
  }

  /** Opens the connection, and again each second after it is lost. */
  open() {
    const socket = new WebSocket(`ws://${location.host}/control?key=${encodeURIComponent(this.#key)}`);
    this.#socket = socket;
    socket.addEventListener("message", (event) => this.#receive(event.data));
    socket.addEventListener("close", (event) => this.#lose(event.reason));
  }

  #receive(text) {
    const message = JSON.parse(text);
    switch (message.type) {
      case "hello":
        if (this.#isThere) break;
        this.#isThere = true;
        this.#pending = [];
        this.#emit({ type: "link", state: "there", version: message.version });
        return;
      case "bridge":
        this.#isThere = false;
        this.#pending = [];
        this.#emit({ type: "link", state: "absent", text: message.message });
        return;
    }
    this.#emit(message, this.#request(message));
  }

  /** The command that a message replies to; undefined for events. */
  #request(message) {
    const events = ["readout", "notes", "phrase", "changed", "notice", "learned"];
    return events.includes(message.type) ? undefined : this.#pending.shift();
  }

  async #lose(reason) {
    this.#isThere = false;
    this.#pending = [];
    const text = "antiphon web has ended: start it again and open the address that it prints";
    let link = { type: "link", state: "ended", text };
    try {
      const reply = await fetch("/?key=" + encodeURIComponent(this.#key), { cache: "no-store" });
      if (reply.ok) link = { type: "link", state: "wait", text: reason || "connecting again" };
      else {
        link.state = "stale";
        link.text = "antiphon web was started anew: open the address that it prints";
      }
    } catch {
      // Nobody serves: as said above.
    }
    this.#emit(link);
    if (link.state !== "stale") setTimeout(() => this.open(), 1000);
  }

  #emit(message, request) {
    for (const handler of this.#handlers.get(message.type) ?? []) handler(message, request);
  }
}
