// The ear thread: takes samples from the audio side and publishes readouts.

public import AudioIO
import Control
import Foundation
import Glibc
import Realtime
public import ScaleDetector
import Synchronization

/// Runs an `Ear` on a thread of its own.
///
/// The audio thread wakes nobody, so this one sleeps as long as the samples of the next hop take to arrive. It never
/// makes the audio side wait: whatever it is too slow for is dropped there and comes as a gap.
public final class Listener: Sendable {
  /// Reads samples as `JackClient.read` does: without waiting; a count of 0 when there are none.
  public typealias Source = @Sendable (UnsafeMutableBufferPointer<Float>) -> AudioBlock

  /// How the ear fares.
  public struct Statistics: Sendable, Equatable {
    /// Share of one core that the thread used over the last seconds.
    public var load = 0.0
    /// Readouts so far.
    public var readouts = 0
    /// Times that the analysis was planned for another rate.
    public var rebuilds = 0
    /// What is wrong with the stream, as a sentence.
    public var problem: String?
  }

  /// The longest nap in seconds; also how soon a stream is noticed that has just begun.
  private static let longestNap = 0.05
  /// Samples come in periods: whoever wakes when the hop is complete finds its last period still missing.
  private static let lateness = 0.006
  private static let shortestNap = 0.001
  private static let blockSize = 4096
  /// Seconds over which the load is taken.
  private static let loadPeriod = 2.0

  /// Beats once a turn, at least every 50 ms.
  public let heartbeat = Heartbeat()
  private let mailbox = Mailbox<ScaleReadout?>(nil)
  private let statisticsBox = Mutex(Statistics())
  private let isStopping = Atomic<Bool>(false)
  private let worker = WorkerThread()

  /// Starts the thread.
  ///
  /// - Parameter onReadout: called on the ear's thread after each readout was published; must be quick.
  public init(
    model: ChromaLite, classes: ScaleClasses = .all, source: @escaping Source,
    onReadout: @escaping @Sendable (ScaleReadout) -> Void = { _ in }
  ) {
    worker.start("ear") { [self] in run(Ear(model: model, classes: classes), source, onReadout) }
  }

  /// The latest readout if it was not taken before. One thread only.
  public func takeReadout() -> ScaleReadout? { mailbox.readIfNew() ?? nil }

  /// How the ear fares. Any thread.
  public var statistics: Statistics { statisticsBox.withLock { $0 } }

  /// Ends the thread and waits for it; to be called once.
  public func stop() {
    isStopping.store(true, ordering: .relaxed)
    worker.join()
  }

  private func run(_ ear: Ear, _ source: Source, _ onReadout: (ScaleReadout) -> Void) {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: Self.blockSize)
    defer { buffer.deallocate() }
    var meter = LoadMeter(period: Self.loadPeriod)
    while !isStopping.load(ordering: .relaxed) {
      heartbeat.beat()
      let block = source(buffer)
      if block.count > 0 {
        ear.process(UnsafeBufferPointer(rebasing: buffer[..<block.count]), block) { readout in
          mailbox.write(readout)
          onReadout(readout)
        }
      } else {
        nap(ear.secondsToNextHop.map { $0 + Self.lateness } ?? Self.longestNap)
      }
      if let load = meter.tick() { publish(ear, load: load) }
    }
  }

  private func nap(_ seconds: Double) {
    let nanoseconds = Int(max(Self.shortestNap, min(seconds, Self.longestNap)) * 1e9)
    var time = timespec(tv_sec: 0, tv_nsec: nanoseconds)
    nanosleep(&time, nil)
  }

  private func publish(_ ear: Ear, load: Double) {
    statisticsBox.withLock {
      $0 = Statistics(load: load, readouts: ear.readouts, rebuilds: ear.rebuilds, problem: ear.problem)
    }
  }
}
