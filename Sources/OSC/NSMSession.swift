// What a session manager asks of its clients.

/// A session to be opened.
public struct NSMSession: Equatable, Sendable {
  /// Where the session's state belongs: a path without extension, to which the client may add its own.
  public let path: String
  /// The session's name for people.
  public let displayName: String
  /// The name to have on JACK, unique within the session.
  public let clientID: String

  /// Names a session.
  public init(path: String, displayName: String, clientID: String) {
    self.path = path
    self.displayName = displayName
    self.clientID = clientID
  }
}

/// Why a session could not be opened or saved.
public struct NSMFailure: Error, Equatable, Sendable {
  /// The codes of the NSM API, section "Error Code Definitions".
  public enum Code: Int32, Sendable {
    /// Something went wrong.
    case general = -1
    /// It can't be done now.
    case notNow = -8
    /// What was saved can't be read.
    case badProject = -9
    /// The state can't be written.
    case createFailed = -10
  }

  /// The code for the session manager.
  public var code: Code
  /// One sentence for people.
  public var message: String

  /// Makes a failure.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// What the program does for its session manager. Called on the client's thread.
public struct NSMHandlers: Sendable {
  /// Opens a session: applies the state at its path, or begins a new one there. Returns a sentence.
  public var open: @Sendable (NSMSession) -> Result<String, NSMFailure>
  /// Saves the state of the open session. Returns a sentence.
  public var save: @Sendable () -> Result<String, NSMFailure>

  /// Takes the functions.
  public init(
    open: @escaping @Sendable (NSMSession) -> Result<String, NSMFailure>,
    save: @escaping @Sendable () -> Result<String, NSMFailure>
  ) {
    self.open = open
    self.save = save
  }
}
