// How a client stands with its session manager.

/// What the client's thread and its callers share.
struct NSMState: Sendable {
  /// The program's functions; nil until it is ready.
  var handlers: NSMHandlers?
  /// The session that waits to be opened.
  var waiting: NSMSession?
  /// The session that was named first, which the program waits for.
  var first: NSMSession?
  /// Whether a session is open.
  var isOpen = false
  /// The session manager's name, once it has answered.
  var manager: String?
  /// Why it refused.
  var refusal: String?
  /// Whether there are changes that are not saved.
  var isDirty = false
  /// What the session manager was told of that; nil: nothing yet.
  var toldDirty: Bool?
  /// Sentences for the session manager, with their priorities.
  var sentences: [(priority: Int32, text: String)] = []
  /// Whether the thread is to end.
  var isStopping = false
}
