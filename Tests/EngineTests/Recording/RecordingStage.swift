// A recorder with made-up time and sound.
import AudioIO
import Control
import Foundation
import MIDI
import Synchronization
import Testing

@testable import Engine

/// A folder that goes away with the test.
final class RecordingsFolder {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "/ar-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Sound from a list.
final class FakeTap: SoundTap {
  struct Cycle: Sendable {
    var block: TapBlock
    var samples: [Float]
  }

  struct State: Sendable {
    var isOpen = false
    var cycles: [Cycle] = []
    var dropped = 0
  }

  let state = Mutex(State())

  var isOpen: Bool { state.withLock { $0.isOpen } }
  var droppedTapFrames: Int { state.withLock { $0.dropped } }
  func setTap(isOpen: Bool) { state.withLock { $0.isOpen = isOpen } }

  func readTap(into target: UnsafeMutableBufferPointer<Float>) -> TapBlock? {
    state.withLock { state in
      guard !state.cycles.isEmpty else { return nil }
      let cycle = state.cycles.removeFirst()
      for (i, sample) in cycle.samples.enumerated() { target[i] = sample }
      return cycle.block
    }
  }

  /// The callback's part.
  func push(_ block: TapBlock, _ samples: [Float]) {
    state.withLock { if $0.isOpen { $0.cycles.append(Cycle(block: block, samples: samples)) } }
  }
}

/// Runs a `TakeRecorder` on a virtual clock.
final class RecordingStage {
  let folder: RecordingsFolder
  let tap = FakeTap()
  let recorder: TakeRecorder
  private let time: Time
  private(set) var log: [String] { get { time.log } set { time.log = newValue } }

  private final class Time {
    var now = 1000.0
    var wall = Date(timeIntervalSince1970: 1_795_292_103)
    var log: [String] = []
  }

  init(
    limit: Int = 2_000_000_000, below: String = "/state/recordings", audio: Bool = false, hasTap: Bool = true,
    limits: TakeLimits = TakeLimits(), folder: RecordingsFolder? = nil
  ) throws {
    let folder = try folder ?? RecordingsFolder()
    let time = Time()
    self.folder = folder
    self.time = time
    recorder = TakeRecorder(
      RecordingConfiguration(audio: audio, limitBytes: limit, folder: folder.path + below), tap: hasTap ? tap : nil,
      limits: limits, clock: TakeRecorder.Clock(now: { time.now }, date: { time.wall }), log: { time.log.append($0) })
  }

  var now: Double { time.now }
  var path: String { recorder.configuration.folder ?? "" }
  /// The names of the files, hidden ones as well.
  var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? [] }

  func setWall(_ seconds: Double) { time.wall = Date(timeIntervalSince1970: seconds) }

  /// Lets time pass, in turns.
  func run(_ seconds: Double, step: Double = 0.1, _ cycle: (Double) -> Void = { _ in }) {
    let end = time.now + seconds
    while time.now < end - 1e-9 {
      time.now += step
      time.wall += step
      cycle(time.now)
      recorder.turn([])
    }
  }

  func play(_ message: MIDIMessage) { recorder.turn([DialogueEvent(time: now, .player(message))]) }
  func answer(_ message: MIDIMessage, ahead: Double = 0) {
    recorder.turn([DialogueEvent(time: now + ahead, .answer(message))])
  }

  func strike(_ pitch: Int, seconds: Double = 0.5) {
    play(.noteOn(channel: 0, pitch: pitch, velocity: 80))
    run(seconds)
    play(.noteOff(channel: 0, pitch: pitch, velocity: 64))
  }

  func midi(_ name: String) throws -> StandardMIDIFile {
    try StandardMIDIFile(contentsOf: URL(fileURLWithPath: path + "/" + name))
  }
}
