// What supervision needs from an audio server; JACK implements it, and a stand-in in the tests.

/// Opens sessions. Called on the supervising thread; may block.
protocol AudioBackend: AnyObject {
  /// Registers with the server and starts its cycles.
  func open() throws(OpenFailure) -> any AudioSession
}

/// One life of a client on one life of a server.
protocol AudioSession: AnyObject {
  /// Process cycles so far.
  var cycles: Int { get }
  /// The server said that it ends, or that it dropped us.
  var isShutDown: Bool { get }
  /// What the machine refused us, one sentence each, with the remedy.
  var refusals: [String] { get }
  /// Whether ports or wires may have come or gone since the last call; true where nobody can tell.
  func takeWiringChange() -> Bool
  /// Other clients' ports wired to one of ours.
  func connections(_ port: ClientPort) -> [String]
  /// Other clients' ports that one of ours can be wired to, in the server's order.
  func peers(_ port: ClientPort) -> [SourcePort]
  /// Names of ports registered since the last call.
  func takeAppeared() -> Set<String>
  /// Wires another client's port to one of ours. A failure is tried again at the next look.
  func connect(_ peer: String, to port: ClientPort)
  /// Closes in the background; to be called once.
  func beginClose()
  /// The background close is over.
  var isClosed: Bool { get }
}

/// Why a session could not be opened.
enum OpenFailure: Error, Equatable {
  case noServer
  case nameTaken(String)
  case refused(String)
}
