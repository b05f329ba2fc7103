// Keeps the configuration of a running daemon, and reads it again.

public import Control
import Foundation
import Logging
import Synchronization

/// Reads the file again when somebody asks, on `SIGHUP` for example. Any thread.
///
/// A file that is wrong changes nothing. Of one that is right, those keys are obeyed whose values have changed since
/// the last reading: what the player has set in the meantime stays.
public final class ConfigurationKeeper: Sendable {
  private struct State {
    /// What the daemon was started with.
    let started: Configuration
    /// What was read last.
    var last: Configuration
    /// Parts that did not obey.
    var pending: Set<ConfigurationKey.Part> = []
    var actions = ReloadActions()
  }

  /// The level of the log; it follows the file.
  public let logThreshold: LogThreshold
  private let file: ConfigurationFile
  private let options: DaemonOptions
  private let environment: [String: String]
  private let styles: StyleStore
  private let state: Mutex<State>
  private let shown: Mutex<String?>

  init(
    file: ConfigurationFile, options: DaemonOptions, environment: [String: String], styles: StyleStore,
    settings: Configuration, problem: String?
  ) {
    self.file = file
    self.options = options
    self.environment = environment
    self.styles = styles
    logThreshold = LogThreshold(settings.logLevel)
    state = Mutex(State(started: settings, last: settings))
    shown = Mutex(problem)
  }

  /// Why the file is not obeyed, as a sentence; nil when all is well.
  public var problem: String? { shown.withLock { $0 } }

  /// Where the file stands and what is wrong with it, for the status.
  public var status: Status.Configuration {
    Status.Configuration(path: file.path ?? ConfigurationFile.name, exists: file.exists, problem: problem)
  }

  /// Says who obeys from now on. The level of the log needs nobody, unless `actions` names somebody.
  public func begin(_ actions: ReloadActions) {
    var actions = actions
    if actions.log == nil { actions.log = { [logThreshold] in logThreshold.level = $0 } }
    state.withLock { $0.actions = actions }
  }

  /// Notes that a part did not obey at the start; the next reading tells it again, whether the file has changed or not.
  func retry(_ part: ConfigurationKey.Part) {
    state.withLock { _ = $0.pending.insert(part) }
  }

  /// Reads the file again and obeys it. The reply says what has changed, or why nothing has.
  public func reload() -> Message {
    state.withLock { state in
      do throws(ConfigurationError) {
        let sentence = obey(try read(), &state)
        shown.withLock { $0 = nil }
        return .done(sentence)
      } catch {
        let sentence = "\(error) Everything stays as it was."
        shown.withLock { $0 = sentence }
        return .failure(Failure(.failed, sentence))
      }
    }
  }

  private func read() throws(ConfigurationError) -> Configuration {
    let reading = try file.checked(styles)
    if let path = file.path, let problems = reading?.problems, !problems.isEmpty {
      throw .problems(path: path, problems)
    }
    return options.applied(to: reading?.configuration ?? Configuration(), environment: environment)
  }

  /// Hands what has changed to the parts; returns what a person reads.
  private func obey(_ new: Configuration, _ state: inout State) -> String {
    var report = ReloadReport()
    let sinceLast = ConfigurationChanges(from: state.last, to: new)
    let sinceStart = ConfigurationChanges(from: state.started, to: new)
    for part in ConfigurationKey.Part.allCases {
      var changed = sinceLast.keys[part]
      // Who has not obeyed is asked again, although the file may be the same.
      if state.pending.contains(part) {
        changed = sinceStart.keys[part] ?? changed ?? ConfigurationKey.all.first { $0.part == part }.map { [$0] }
      }
      let names = Set((changed ?? []).map(\.name))
      guard let action = state.actions.action(for: part, names, new) else {
        report.restart(sinceStart.keys[part] ?? [])
        continue
      }
      guard let changed else {
        state.pending.remove(part)
        continue
      }
      do {
        try action()
        state.pending.remove(part)
        report.changed(changed, new)
      } catch {
        state.pending.insert(part)
        report.failed(part, "\(error)")
      }
    }
    state.last = new
    return report.sentence
  }
}
