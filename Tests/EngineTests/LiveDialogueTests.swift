// The real antiphond under a real jackd: a phrase comes in through JACK MIDI, and the answer is heard.

import AudioIO
import Control
import Foundation
import Logging
import Synth
import Testing

@testable import Engine

private let jackConnect = "/usr/bin/jack_connect"
private let hasSoundFont = (try? SoundFontSearch().find()) != nil
private let canPlay =
  canRun && jackd != nil && hasSoundFont && FileManager.default.isExecutableFile(atPath: jackConnect)

@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: canPlay, "needs antiphond beside the tests, jackd, jack_connect and a SoundFont"))
struct LiveDialogueTests {
  private let folder = NSTemporaryDirectory() + "/al-" + UUID().uuidString.prefix(8)
  private let name = "antiphon-" + UUID().uuidString.prefix(8)

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// A keyboard and a pair of ears on the server: our own client, wired the other way round.
  private final class Player {
    let client: JackClient
    private var held: Set<[UInt8]> = []
    private(set) var received = 0

    init(server: String) throws {
      client = JackClient(
        configuration: try JackConfiguration(
          clientName: "keys", serverName: server, connect: .matching("antiphon:out_left"), playback: .none),
        logger: Logger(label: "keys") { _ in SwiftLogNoOpLogHandler() })
      client.start()
    }

    func press(_ pitch: UInt8) { client.play(VoiceEvent(.noteOn, pitch, 90)) }
    func release(_ pitch: UInt8) { client.play(VoiceEvent(.noteOff, pitch)) }

    func playPhrase() {
      for pitch: UInt8 in [62, 64, 65, 67, 69, 67, 65, 64, 62, 65, 69, 74] {
        press(pitch)
        usleep(150_000)
        release(pitch)
        usleep(50_000)
      }
    }

    /// Notes of the answer that nobody has ended.
    func heldNotes() -> Int {
      client.readMIDI { message in
        received += 1
        switch message.status & 0xF0 {
        case 0x90: held.insert([message.status & 15, message.data1])
        case 0x80: held.remove([message.status & 15, message.data1])
        default: break
        }
      }
      return held.count
    }

    /// The loudest sample that comes in within `seconds`.
    func peak(seconds: Double) -> Float {
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096)
      defer { buffer.deallocate() }
      // What waited is over; at a gap a read may bring nothing though more waits.
      var empty = 0
      while empty < 20 { empty = client.read(into: buffer).count > 0 ? 0 : empty + 1 }
      let end = MonotonicTime.now + seconds
      var peak: Float = 0
      while MonotonicTime.now < end {
        let block = client.read(into: buffer)
        for sample in buffer.prefix(block.count) { peak = max(peak, abs(sample)) }
        if block.count == 0 { usleep(2000) }
      }
      return peak
    }
  }

  private func waitUntil(_ seconds: Double = 20, _ condition: () throws -> Bool) rethrows -> Bool {
    let end = MonotonicTime.now + seconds
    while try !condition() {
      if MonotonicTime.now > end { return false }
      usleep(5000)
    }
    return true
  }

  private func wire(_ source: String, _ target: String) throws {
    #expect(
      try waitUntil {
        let program = try Running(jackConnect, ["-s", name, source, target])
        program.process.waitUntilExit()
        return program.process.terminationStatus == 0
      })
  }

  private func status(_ client: ControlClient) throws -> Status {
    guard case .status(let status) = try client.ask(.status) else { throw ControlError.refused("no status") }
    return status
  }

  private func dialogue(_ client: ControlClient) throws -> DialogueSummary {
    try status(client).dialogue ?? DialogueSummary()
  }

  /// A knob that is moved is found, told to the watchers and kept.
  private func learnsByMoving(_ player: Player, socket: String) throws {
    let watcher = try ControlClient(path: socket)
    #expect(try watcher.ask(.watch()) == .watching)
    guard case .done = try watcher.ask(.learn(name: "density", controller: nil)) else {
      Issue.record("it does not learn")
      return
    }
    var learned: Learned?
    let end = MonotonicTime.now + 10
    while learned == nil, MonotonicTime.now < end {
      player.client.play(VoiceEvent(.control, 30, 100))
      if case .message(.learned(let news)) = try watcher.receive(timeout: 0.1) { learned = news }
    }
    #expect(learned?.name == "density" && learned?.controller == 30)
    #expect(try ControllerFile(path: folder + "/antiphon/controllers.toml").read().targets == [30: "density"])
  }

  @Test func phraseIsAnsweredAudibly() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try Running(
      try #require(jackd), ["--no-realtime", "-n", name, "-d", "dummy", "-r", "48000", "-p", "512"])
    let socket = folder + "/control"
    let daemon = try Running(
      antiphond,
      [
        "--socket", socket, "--server", name, "--model", try modelForTests().path, "--note-model",
        noteModelForTests().path, "--no-thru", "--no-connect", "--seed", "1",
      ], errors: folder + "/log", home: folder)
    let player = try Player(server: name)
    defer { player.client.stop() }
    #expect(waitUntil { (try? ControlClient(path: socket)) != nil })
    let client = try ControlClient(path: socket)
    #expect(waitUntil { player.client.status.hasInput })
    try wire("keys:midi_out", "antiphon:midi_in")
    try wire("antiphon:midi_out", "keys:midi_in")
    #expect(try waitUntil { try dialogue(client).keyboards == ["keys:midi_out"] })
    // A SoundFont takes its time.
    #expect(try waitUntil { try status(client).voice?.isReady == true })
    _ = player.heldNotes()
    try learnsByMoving(player, socket: socket)
    player.playPhrase()
    #expect(waitUntil { player.heldNotes() > 0 })
    #expect(player.peak(seconds: 0.3) > 0.001)
    #expect(try dialogue(client).state == "answering")
    // A key that goes down ends the answer at once, on MIDI and as sound.
    player.press(60)
    #expect(waitUntil(2) { player.heldNotes() == 0 })
    #expect(try waitUntil { try dialogue(client).state == "phrase" })
    let peaks = (0..<10).map { _ in player.peak(seconds: 0.05) }
    #expect(peaks.dropFirst(4).allSatisfy { $0 < 0.001 }, "peaks of 50 ms each: \(peaks)")
    player.release(60)
    #expect(waitUntil { player.heldNotes() > 0 })
    // The end of the daemon lets go of everything.
    kill(daemon.process.processIdentifier, SIGTERM)
    daemon.process.waitUntilExit()
    #expect(daemon.process.terminationStatus == 0)
    #expect(waitUntil(2) { player.heldNotes() == 0 } && player.received > 2)
    withExtendedLifetime(server) {}
  }
}
