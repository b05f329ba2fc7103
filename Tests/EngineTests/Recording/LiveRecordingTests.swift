// A recorder on a real JACK server: what stands in the file is what was played, sample by sample.
import AudioFile
import AudioIO
import Control
import Foundation
import Logging
import MIDI
import Testing

@testable import Engine

private let jackServer = ["/usr/bin/jackd", "/usr/local/bin/jackd"].first(where: FileManager.default.isExecutableFile)

@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: jackServer != nil, "jackd is not installed (Debian package jackd2)"))
struct LiveRecordingTests {
  private func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = MonotonicTime.now + 10
    while MonotonicTime.now < deadline {
      if condition() { return true }
      usleep(5000)
    }
    return condition()
  }

  @Test(arguments: [(48_000, 64), (44_100, 1024)]) func theFileIsTheSignal(rate: Int, period: Int) throws {
    let name = "record-\(getpid())-\(rate)"
    let server = Process()
    server.executableURL = URL(fileURLWithPath: try #require(jackServer))
    server.arguments = ["-S", "--no-realtime", "-n", name, "-d", "dummy", "-r", "\(rate)", "-p", "\(period)"]
    server.standardOutput = FileHandle.nullDevice
    server.standardError = FileHandle.nullDevice
    try server.run()
    defer {
      server.terminate()
      server.waitUntilExit()
    }
    let client = JackClient(
      configuration: try JackConfiguration(
        clientName: "tape", serverName: name, connect: .matching("signal:out"), playback: .none),
      logger: Logger(label: "tape") { _ in SwiftLogNoOpLogHandler() })
    client.start()
    defer { client.stop() }
    var source: SignalSource?
    #expect(
      eventually {
        source = source ?? SignalSource(server: name)
        return source != nil
      })
    defer { source?.close() }
    #expect(eventually { client.status.connections == ["signal:out"] })
    let folder = try RecordingsFolder()
    let recorder = Recorder(configuration: RecordingConfiguration(folder: folder.path), tap: client) { _ in }
    _ = recorder.answer(.on(audio: true))
    #expect(eventually { recorder.summary.file?.hasSuffix(".flac") == true })
    usleep(500_000)
    let struck = try #require(source).next.load(ordering: .relaxed)
    recorder.observe([DialogueEvent(time: MonotonicTime.now, .player(.noteOn(channel: 0, pitch: 60, velocity: 90)))])
    usleep(1_000_000)
    _ = recorder.answer(.off)
    recorder.stop()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.count == 3)
    let input = folder.path + "/" + (try #require(files.first { $0.hasSuffix(".in.flac") }))
    #expect(try SoundFile(path: input).sampleRate == Double(rate))
    let samples = try readSound(input)
    let first = try #require(samples.firstIndex { $0 != 0 })
    let place = Int((samples[first] * 8_388_608).rounded()) - 1
    let wrong = (first..<samples.count).filter { samples[$0] != SignalSource.sample(place + $0 - first) }
    #expect(samples.count - first > rate / 2)
    #expect(wrong.isEmpty || client.status.xruns > 0)
    #expect(client.droppedTapFrames == 0)
    let file = try #require(files.first { $0.hasSuffix(".mid") })
    let midi = try StandardMIDIFile(contentsOf: URL(fileURLWithPath: folder.path + "/" + file))
    // In both files the note is where it was struck, as far as threads wake in time.
    let sounded = Double(struck - place + first) / Double(rate)
    #expect(abs(sounded - (midi.events.first?.time ?? 0)) < 0.15 || client.status.xruns > 0)
  }
}
