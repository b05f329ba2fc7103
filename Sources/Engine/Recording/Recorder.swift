// Keeps what is played and answered in files: the part of the daemon that others talk to.

public import Control
import Dispatch
import Foundation
import MIDI
import Synchronization

/// Records on a thread of its own, so that no one else ever waits for a disk. Any thread may call; `stop` once.
///
/// ```
/// main thread ─ observe ─▶ ┐
/// control, OSC ─ answer ─▶ ┼▶ recorder's thread: TakeRecorder ─▶ NAME.mid, NAME.flac, NAME.in.flac
/// audio thread ─ AudioTap ▶┘
/// ```
/// While it is off it costs nothing: the thread sleeps, and nobody takes sound.
public final class Recorder: Sendable {
  /// Events that wait at most; a disk that stands still for minutes may cost the newest.
  private static let capacity = 1 << 16

  private enum Job: Sendable {
    case order(RecordOrder, Reply)
    case configure(RecordingConfiguration)
  }

  private final class Reply: Sendable {
    let message = Mutex<Message?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }

  private struct Box: Sendable {
    var events: [DialogueEvent] = []
    var lost = 0
    var jobs: [Job] = []
    var isStopping = false
    /// Somebody has waited for an order in vain.
    var isLate = false
    var summary: RecordingSummary
  }

  private let patience: Double
  private let box: Mutex<Box>
  private let news = DispatchSemaphore(value: 0)
  private let worker = WorkerThread()

  /// Starts the thread and, if it is so configured, recording.
  ///
  /// - Parameters:
  ///   - configuration: the settings.
  ///   - tap: where sound comes from; nil to keep MIDI only.
  ///   - log: called on the recorder's thread with a sentence when something is wrong.
  public convenience init(
    configuration: RecordingConfiguration, tap: (any SoundTap)?, log: @escaping @Sendable (String) -> Void
  ) {
    self.init(configuration, log: log) {
      let clock = TakeRecorder.Clock(now: { MonotonicTime.now }, date: { Date() })
      return TakeRecorder(configuration, tap: tap, clock: clock, log: log)
    }
  }

  /// - Parameters:
  ///   - patience: seconds that an order waits for the disk.
  ///   - make: makes the recorder on its thread.
  init(
    _ configuration: RecordingConfiguration, patience: Double = 2, log: @escaping @Sendable (String) -> Void,
    make: @escaping @Sendable () -> TakeRecorder
  ) {
    self.patience = patience
    box = Mutex(
      Box(
        summary: RecordingSummary(
          isOn: configuration.startsOn, audio: configuration.startsOn && configuration.audio,
          folder: configuration.folder ?? "", limit: configuration.limitBytes)))
    worker.start("recorder") { [self] in run(make(), log) }
  }

  /// How recording stands. Never waits.
  public var summary: RecordingSummary { box.withLock { $0.summary } }

  /// Takes in what happened, in order. Never waits.
  public func observe(_ events: [DialogueEvent]) {
    let isNews = box.withLock { box in
      // While off, only what later notes must be preceded by.
      let wanted = box.summary.isOn ? events : events.filter(Self.isSetting)
      let room = max(0, Self.capacity - box.events.count)
      box.events += wanted.prefix(room)
      box.lost += max(0, wanted.count - room)
      return !wanted.isEmpty
    }
    if isNews { news.signal() }
  }

  /// Obeys an order. Waits for the disk, but not for long.
  ///
  /// - Returns: `.recording`, or `.failure` with what to do.
  public func answer(_ order: RecordOrder) -> Message {
    if order == .status { return .recording(summary) }
    let reply = Reply()
    guard add(.order(order, reply)) else { return .failure(Failure(.failed, "antiphond is stopping.")) }
    // Whoever asks a hundred times must not wait a hundred times: the server's other clients would.
    let seconds = box.withLock { $0.isLate } ? 0 : patience
    _ = reply.isThere.wait(timeout: .now() + seconds)
    return box.withLock { box in
      if let message = reply.message.withLock({ $0 }) { return message }
      box.isLate = true
      return .failure(Failure(.failed, "\(RecordingError.busy(box.summary.folder))"))
    }
  }

  /// Obeys other settings, such as those of a configuration that was read again: the limit at once; recording begins or
  /// ends where they say so anew. Never waits; what goes wrong is in the summary.
  public func configure(_ configuration: RecordingConfiguration) { add(.configure(configuration)) }

  /// Completes the files and ends the thread. Waits at most a second for the disk.
  public func stop() {
    box.withLock { $0.isStopping = true }
    news.signal()
    worker.join(seconds: 1)
  }

  @discardableResult
  private func add(_ job: Job) -> Bool {
    let isTaken = box.withLock { box in
      if box.isStopping { return false }
      box.jobs.append(job)
      return true
    }
    if isTaken { news.signal() }
    return isTaken
  }

  // MARK: The recorder's thread

  private func run(_ recorder: TakeRecorder, _ log: (String) -> Void) {
    if recorder.configuration.startsOn {
      do throws(RecordingError) { try recorder.turnOn(audio: false) } catch { recorder.say("\(error)") }
    }
    publish(recorder)
    while true {
      let (events, jobs, lost, isStopping) = box.withLock { box in
        defer { (box.events, box.jobs, box.lost) = ([], [], 0) }
        return (box.events, box.jobs, box.lost, box.isStopping)
      }
      if lost > 0 { recorder.say("The disk was too slow: \(lost) messages are missing in the recording.") }
      recorder.turn(events)
      for job in jobs { obey(job, recorder) }
      if isStopping { recorder.turnOff(isLasting: false) }
      box.withLock { $0.isLate = false }
      publish(recorder)
      if isStopping { return }
      wait(until: recorder.nextTurn)
    }
  }

  private func obey(_ job: Job, _ recorder: TakeRecorder) {
    var failure: RecordingError?
    do throws(RecordingError) {
      switch job {
      case .configure(let configuration): try recorder.configure(configuration)
      case .order(.on(let audio), _): try recorder.turnOn(audio: audio)
      case .order(.off, _): recorder.turnOff()
      case .order(.status, _): break
      }
    } catch {
      failure = error
    }
    if let failure { recorder.say("\(failure)") }
    publish(recorder)
    guard case .order(_, let reply) = job else { return }
    let summary = recorder.summary
    reply.message.withLock { message in
      message = failure.map { .failure(Failure(.failed, "\($0)")) } ?? .recording(summary)
    }
    reply.isThere.signal()
  }

  private func publish(_ recorder: TakeRecorder) {
    let summary = recorder.summary
    box.withLock { $0.summary = summary }
  }

  private func wait(until time: Double?) {
    guard let time else { return news.wait() }
    _ = news.wait(timeout: .now() + max(0.01, time - MonotonicTime.now))
  }

  private static func isSetting(_ event: DialogueEvent) -> Bool {
    switch event.kind {
    case .player(.programChange), .player(.controlChange), .player(.pitchBend), .player(.reset),
      .answer(.programChange), .answer(.controlChange), .answer(.pitchBend):
      true
    default: false
    }
  }
}
