// The session that a session manager has started the daemon for.

import Control
import Foundation
public import Logging
import OSC
import Synchronization

/// Keeps the settings with the session. Any thread.
public final class ManagedSession: Sendable {
  /// Seconds that the session manager has for its answers.
  private static let patience = 10.0

  /// The name to have on the audio server, unique within the session.
  public let clientName: String
  private let client: NSMClient

  private struct State {
    var file: SessionFile?
    /// The settings as they were saved or opened last.
    var kept: SettingsList?
  }

  private let state = Mutex(State())

  private init(client: NSMClient, clientName: String) {
    self.client = client
    self.clientName = clientName
  }

  /// Announces the daemon to the session manager and waits until it has named a session.
  ///
  /// To be called before anything is registered with the audio server.
  ///
  /// - Returns: nil when no session manager started this process, or when it doesn't answer; a warning says so.
  public static func join(logger: Logger, environment: [String: String]? = nil) -> ManagedSession? {
    guard let url = NSMClient.url(environment: environment) else { return nil }
    do throws(OSCError) {
      let client = try withSignalsBlocked { () throws(OSCError) in
        try NSMClient(
          url: url, executable: CommandLine.arguments.first ?? "antiphond", log: { logger.info("\($0)") })
      }
      let session = try client.waitForSession(seconds: patience)
      return ManagedSession(client: client, clientName: session.clientID)
    } catch {
      logger.warning("\(error)")
      return nil
    }
  }

  /// Threads that are started in `body` leave the signals that end the process to the main thread.
  private static func withSignalsBlocked<Result>(_ body: () throws(OSCError) -> Result) throws(OSCError) -> Result {
    var (blocked, before) = (sigset_t(), sigset_t())
    sigfillset(&blocked)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }

  /// From now on sessions are opened and saved; the one that waits is opened at once.
  ///
  /// - Parameter answer: carries out what is asked of the daemon.
  func begin(answer: @escaping @Sendable (Request) -> Message) {
    let open: @Sendable (NSMSession) -> Result<String, NSMFailure> = { [weak self] session in
      self?.open(session, answer) ?? .success("")
    }
    let save: @Sendable () -> Result<String, NSMFailure> = { [weak self] in self?.save(answer) ?? .success("") }
    client.begin(NSMHandlers(open: open, save: save))
  }

  /// Notices settings that are not saved.
  func send(_ message: Message) {
    guard case .changed(let list) = message else { return }
    client.setDirty(state.withLock { $0.kept.map { $0 != list } ?? true })
  }

  /// Leaves the session manager.
  func stop() { client.stop() }

  private func open(_ session: NSMSession, _ answer: (Request) -> Message) -> Result<String, NSMFailure> {
    let file = SessionFile(session: session.path)
    do throws(SessionFileError) {
      let requests = try file.read()
      let refused = SessionFile.apply(requests ?? [], answer)
      keep(file, Self.settings(answer))
      guard requests != nil else { return .success("A new session.") }
      return .success(refused.isEmpty ? "The settings are back." : refused.joined(separator: " "))
    } catch {
      return .failure(NSMFailure(.badProject, "\(error)"))
    }
  }

  private func save(_ answer: (Request) -> Message) -> Result<String, NSMFailure> {
    guard let list = Self.settings(answer), let file = state.withLock({ $0.file }) else {
      return .failure(NSMFailure(.notNow, "antiphond is still starting; save again."))
    }
    do throws(OutputFileError) {
      try file.write(list)
      // What was written, not what holds now: the player may have gone on meanwhile.
      keep(file, list)
      return .success("Saved.")
    } catch {
      return .failure(NSMFailure(.createFailed, "\(error)"))
    }
  }

  private func keep(_ file: SessionFile, _ list: SettingsList?) {
    state.withLock { $0 = State(file: file, kept: list) }
  }

  private static func settings(_ answer: (Request) -> Message) -> SettingsList? {
    if case .settings(let list) = answer(.settings) { list } else { nil }
  }
}
