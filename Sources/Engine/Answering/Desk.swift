// What the player has set, shared by everyone who may change it.

import Control
public import Improviser
import Synchronization

/// The settings, the controllers' map and what the hands are asked to do: a box with a lock.
///
/// The control server, the main thread and the hands put in and take out; nobody holds the lock for longer than a copy.
/// Whoever changes something wakes the hands, which act on it before the next note.
public final class Desk: Sendable {
  /// What the hands are asked to do once.
  enum Order: Equatable, Sendable {
    case handOver
    case panic
  }

  /// Everything on the desk.
  struct Contents: Sendable {
    var settings: AnswerSettings
    /// The style that was chosen last.
    var style: String
    /// Whether a setting was changed since.
    var isChanged = false
    var controllers = ControllerMap()
    /// Of these, what the configuration file says.
    var written: [Int: String] = [:]
    /// The others, which the daemon itself keeps.
    var learnedControllers: ControllerMap { controllers.without(written) }
    /// What waits for a controller to be moved, and until when by the monotonic clock.
    var learning: Learning?
    /// Controllers that were found by moving them; whoever takes them saves the map.
    var learned: [Learned] = []
    var orders: [Order] = []
    /// Rises with every change.
    var revision = 0
  }

  /// A setting that waits for its controller.
  struct Learning: Equatable, Sendable {
    var name: String
    var until: Double
  }

  /// Why the rule "morph" cannot be had; nil when it can.
  private let morphProblem: String?
  private let contents: Mutex<Contents>
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called after each change, on the thread that made it.
  public convenience init(settings: AnswerSettings, style: String, wake: @escaping @Sendable () -> Void = {}) {
    self.init(Contents(settings: settings, style: style), wake: wake)
  }

  init(_ contents: Contents, morphProblem: String? = nil, wake: @escaping @Sendable () -> Void = {}) {
    self.morphProblem = morphProblem
    self.contents = Mutex(contents)
    self.wake = wake
  }

  /// A copy of everything.
  var now: Contents { contents.withLock { $0 } }

  /// Changes something and wakes the hands; a change that throws leaves everything as it was.
  func change<Failure: Error>(_ body: (inout Contents) throws(Failure) -> Void) throws(Failure) {
    let result = contents.withLock { contents in
      Result { () throws(Failure) in
        var copy = contents
        try body(&copy)
        copy.revision &+= 1
        contents = copy
      }
    }
    try result.get()
    wake()
  }

  /// Changes what is set. A morph that nothing can decode is refused.
  func set(_ body: (inout Contents) throws(SettingError) -> Void) throws(SettingError) {
    try change { (contents: inout Contents) throws(SettingError) in
      try body(&contents)
      if let morphProblem, case .morph = contents.settings.scaleRule { throw .unavailable(morphProblem) }
    }
  }

  /// Changes something without a wake: for the hands themselves.
  func note(_ body: (inout Contents) -> Void) {
    contents.withLock {
      body(&$0)
      $0.revision &+= 1
    }
  }

  /// What changed since `revision`, the orders taken out; nil when nothing did.
  func take(after revision: Int) -> Contents? {
    contents.withLock { contents in
      guard contents.revision != revision else { return nil }
      defer { contents.orders = [] }
      return contents
    }
  }

  /// Controllers that were found since the last call.
  func takeLearned() -> [Learned] {
    contents.withLock { contents in
      defer { contents.learned = [] }
      return contents.learned
    }
  }
}
