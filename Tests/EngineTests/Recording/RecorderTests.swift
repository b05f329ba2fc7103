// The recorder on its own thread: orders, news, the end, and what a crash leaves.
import AudioFile
import Control
import Foundation
import MIDI
import Testing

@testable import Engine

private func event(_ message: MIDIMessage) -> DialogueEvent {
  DialogueEvent(time: MonotonicTime.now, .player(message))
}

private func eventually(_ condition: () -> Bool) -> Bool {
  let deadline = MonotonicTime.now + 10
  while MonotonicTime.now < deadline {
    if condition() { return true }
    usleep(5000)
  }
  return condition()
}

private func summary(_ message: Message) -> RecordingSummary? {
  if case .recording(let summary) = message { summary } else { nil }
}

private func failure(_ message: Message) -> Failure? {
  if case .failure(let failure) = message { failure } else { nil }
}

@Suite(.timeLimit(.minutes(10))) struct RecorderTests {
  @Test func ordersAreObeyedAndAnswered() throws {
    let folder = try RecordingsFolder()
    let configuration = RecordingConfiguration(folder: folder.path + "/r")
    let recorder = Recorder(configuration: configuration, tap: nil) { _ in }
    let still = RecordingSummary(isOn: false, audio: false, folder: folder.path + "/r", limit: 2_000_000_000)
    #expect(recorder.summary == still)
    let on = try #require(summary(recorder.answer(.on(audio: false))))
    #expect(on.isOn && !on.audio && on.message == nil && on.bytes == 0)
    recorder.observe([event(.noteOn(channel: 0, pitch: 60, velocity: 90))])
    #expect(eventually { recorder.summary.file != nil && recorder.summary.bytes > 0 })
    recorder.observe([event(.noteOff(channel: 0, pitch: 60, velocity: 64))])
    let off = try #require(summary(recorder.answer(.off)))
    #expect(!off.isOn && off.bytes > 0 && off.file == nil)
    #expect(recorder.answer(.status) == .recording(off))
    recorder.stop()
    #expect(failure(recorder.answer(.on(audio: false))) != nil)
  }

  @Test func theFirstTakeIsKeptWhereItStartsOnAndTheEndIsQuick() throws {
    let folder = try RecordingsFolder()
    let recorder = Recorder(
      configuration: RecordingConfiguration(startsOn: true, folder: folder.path), tap: nil) { _ in }
    #expect(recorder.summary.isOn)
    recorder.observe([
      event(.noteOn(channel: 0, pitch: 60, velocity: 90)), event(.noteOff(channel: 0, pitch: 60, velocity: 90)),
      event(.noteOn(channel: 0, pitch: 64, velocity: 90)),
    ])
    let begin = MonotonicTime.now
    recorder.stop()
    print("stop took \(MonotonicTime.now - begin) s")
    #expect(MonotonicTime.now - begin < 0.5)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.count == 1)
    #expect(try StandardMIDIFile(contentsOf: URL(fileURLWithPath: folder.path + "/" + files[0])).events.count == 4)
  }

  @Test func aLimitThatIsReachedIsAFailureAndARaisedOneIsObeyed() throws {
    let folder = try RecordingsFolder()
    try Data(count: 5000).write(to: URL(fileURLWithPath: folder.path + "/old.mid"))
    let recorder = Recorder(
      configuration: RecordingConfiguration(limitBytes: 5000, folder: folder.path), tap: nil) { _ in }
    defer { recorder.stop() }
    let refused = try #require(failure(recorder.answer(.on(audio: false))))
    #expect(refused.message.hasPrefix("The recordings take 5.0 kB, the limit"))
    #expect(recorder.summary.message == refused.message)
    recorder.configure(RecordingConfiguration(limitBytes: 6000, folder: folder.path))
    let now = try #require(summary(recorder.answer(.on(audio: false))))
    #expect(now.isOn && now.limit == 6000 && now.bytes == 5000)
  }

  @Test func nobodyWaitsLongForADiskThatStandsStill() throws {
    let folder = try RecordingsFolder()
    let gate = DispatchSemaphore(value: 0)
    let configuration = RecordingConfiguration(folder: folder.path)
    let recorder = Recorder(configuration, patience: 0.2, log: { _ in }) {
      gate.wait()
      let clock = TakeRecorder.Clock(now: { MonotonicTime.now }, date: { Date() })
      return TakeRecorder(configuration, tap: nil, clock: clock)
    }
    let begin = MonotonicTime.now
    let busy = failure(recorder.answer(.on(audio: false)))
    #expect(busy?.message == "\(RecordingError.busy(folder.path))")
    for _ in 0..<20 { #expect(failure(recorder.answer(.on(audio: false))) == busy) }
    // Four seconds if each had waited on its own.
    #expect(MonotonicTime.now - begin < 2)
    gate.signal()
    #expect(eventually { recorder.summary.isOn })
    #expect(eventually { summary(recorder.answer(.off))?.isOn == false })
    recorder.stop()
  }

  @Test func otherSettingsTurnItOnAndOff() throws {
    let folder = try RecordingsFolder()
    let tap = FakeTap()
    let recorder = Recorder(configuration: RecordingConfiguration(folder: folder.path), tap: tap) { _ in }
    defer { recorder.stop() }
    recorder.configure(RecordingConfiguration(startsOn: true, audio: true, folder: folder.path))
    #expect(eventually { recorder.summary.isOn && recorder.summary.audio && tap.isOpen })
    recorder.configure(RecordingConfiguration(startsOn: true, audio: false, limitBytes: 7, folder: folder.path))
    #expect(eventually { recorder.summary.isOn && !recorder.summary.audio && !tap.isOpen })
    #expect(recorder.summary.limit == 7)
    recorder.configure(RecordingConfiguration(folder: folder.path))
    #expect(eventually { !recorder.summary.isOn })
  }

  /// A process that is killed while it records leaves files that can be read.
  @Test func whatAKilledProcessLeavesIsWhole() async throws {
    let path = NSTemporaryDirectory() + "/antiphon-killed-recorder"
    try? FileManager.default.removeItem(atPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let tap = FakeTap()
      let recorder = Recorder(
        configuration: RecordingConfiguration(folder: NSTemporaryDirectory() + "/antiphon-killed-recorder"), tap: tap
      ) { _ in }
      _ = recorder.answer(.on(audio: true))
      let sound = SoundMaker(tap, rate: 48_000, at: MonotonicTime.now)
      let end = MonotonicTime.now + 7
      var pitch = 60
      while MonotonicTime.now < end {
        recorder.observe([event(.noteOn(channel: 0, pitch: pitch, velocity: 90))])
        sound.run(to: MonotonicTime.now)
        usleep(50_000)
        recorder.observe([event(.noteOff(channel: 0, pitch: pitch, velocity: 90))])
        pitch = 60 + (pitch + 1) % 12
      }
      kill(getpid(), SIGKILL)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    let endings = files.map { $0.split(separator: ".").dropFirst(3).joined(separator: ".") }
    #expect(endings.sorted() == ["flac", "in.flac", "mid"])
    for file in files {
      if file.hasSuffix(".mid") {
        #expect(try StandardMIDIFile(contentsOf: URL(fileURLWithPath: path + "/" + file)).duration > 4)
      } else {
        let samples = try readSound(path + "/" + file)
        #expect(samples.count > 4 * 48_000 && samples.contains { $0 > 0.1 })
      }
    }
  }
}
