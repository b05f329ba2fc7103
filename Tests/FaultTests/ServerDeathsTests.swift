// The JACK server is killed again and again while something sounds, and returns with another rate and period.

import Control
import Foundation
import Synth
import Testing

private let count = ProcessInfo.processInfo.environment["ANTIPHON_KILLS"].flatMap { Int($0) } ?? 6
/// A small one where there is one, for it is loaded anew for each rate.
private let soundFont =
  (try? SoundFontFile(contentsOf: URL(fileURLWithPath: "/usr/share/sounds/sf2/TimGM6mb.sf2")))
  ?? (try? SoundFontSearch().find())
private let canRun =
  FileManager.default.isExecutableFile(atPath: antiphond) && isInstalled("jackd") && isInstalled("jack_connect")
  && isInstalled("jack_lsp")

/// A client of JACK: runs in a process apart from other such tests.
@Suite(
  .serialized, .timeLimit(.minutes(30)),
  .enabled(if: canRun && soundFont != nil, "needs antiphond beside the tests, jackd, its tools and a SoundFont"))
struct ServerDeathsTests {
  /// What sounds when the server is killed.
  private enum Sound: String, CaseIterable {
    case answer, key, nothing
  }

  /// How one kill went.
  private struct Row: CustomStringConvertible {
    var number: Int
    var rate: Int
    var period: Int
    var sound: Sound
    var away: Double
    var connected: Double
    var restored: Double
    var figures: ProcessFigures

    var description: String {
      String(
        format: "%4d %7d %7d  %@ %7.2f %10.2f %9.2f %9d %5d %8d", number, rate, period,
        sound.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0), away, connected, restored, figures.memory,
        figures.descriptors, figures.threads)
    }
    static let heading =
      "kill    rate  period  sounding  away s  connect s  restore s  own kB  files  threads"
  }

  private let server = JackServer()
  private let daemon: DaemonProcess
  private let client: ControlClient
  private let player: Player

  init() throws {
    try server.start()
    let file = try #require(soundFont).url.path
    daemon = try DaemonProcess(["--server", server.name, "--seed", "1", "--no-keyboards", "--soundfont", file])
    let client = try daemon.client()
    // First the daemon finds its loudspeakers, or the player would look like its user's choice of them.
    #expect(try eventually(within: 20) { try client.status().voice?.connections.count == 2 })
    self.client = client
    player = try Player(server: server.name)
  }

  /// Rates and periods in turns, never the same twice in a row; the fifth and the last life are alike, for comparison.
  private func life(_ number: Int) -> (rate: Int, period: Int) {
    if number == 5 || number == count { return (48_000, 256) }
    let rates = [44_100, 96_000, 22_050, 88_200, 48_000, 32_000]
    let periods = [1024, 16, 4096, 64, 2048, 128, 512, 32]
    return (rates[number % rates.count], periods[number % periods.count])
  }

  private func wire(_ source: String, _ target: String) throws {
    #expect(try eventually { try server.run("jack_connect", [source, target]) == 0 })
  }

  /// Connected to a server of this rate and period, as before.
  private func isConnected(_ life: (rate: Int, period: Int)) throws -> Bool {
    let input = try client.status().audio.input
    return input.isActive && input.sampleRate == life.rate && input.connections == ["system:capture_1"]
  }

  /// Everything that was wired before, by the daemon or by hand, is wired again, and the voice is ready.
  private func isRestored() throws -> Bool {
    let status = try client.status()
    return player.isWired && status.voice?.isReady == true && status.dialogue?.keyboards == ["keys:midi_out"]
      && Set(status.voice?.connections ?? []) == ["system:playback_1", "keys:in_1", "system:playback_2"]
  }

  /// What the daemon holds; with care where it counts.
  private func figures(_ number: Int) -> ProcessFigures {
    let process = daemon.process.processIdentifier
    return number <= 5 || number > count - 3 ? .settled(process) : ProcessFigures(process)
  }

  /// How both sides see it, for the report of a failure.
  private var account: String {
    "the daemon: \((try? client.status()).map { "\($0)" } ?? "no answer"); the player: \(player.status)"
  }

  /// Nothing sounds and no key is down, on any output: an answer that went on behind the server's back may end first.
  ///
  /// - Parameter xruns: the player's when this life was whole. A server that loses cycles loses note-offs with them, so
  ///   only where it lost none the player must have got every one; the daemon must have sent them anyhow.
  private func isSilent(since xruns: Int) throws -> Bool {
    let isOver = try eventually(within: 20) {
      let status = try client.status()
      let isEnded = status.dialogue?.state == "listening" && status.voice?.held == 0
      return isEnded && (player.heldNotes() == 0 || player.status.xruns > xruns)
    }
    player.forget()
    return isOver && eventually(within: 5) { player.peak(seconds: 0.2).map { $0 < 1e-5 } ?? false }
  }

  /// Lets something sound that the kill then cuts. A server that loses cycles loses MIDI with them, so a key may have
  /// to be pressed twice.
  private func begin(_ sound: Sound) throws {
    switch sound {
    case .nothing: return
    case .key:
      var isHeard = false
      for _ in 0..<3 where !isHeard {
        player.press(60)
        isHeard = eventually(within: 5) { player.peak(seconds: 0.1) ?? 0 > 0.001 }
      }
      #expect(isHeard, "the key is not heard: \(account)")
    case .answer:
      for _ in 0..<3 where player.heldNotes() == 0 {
        for pitch: UInt8 in [62, 65, 69, 67, 64] {
          player.press(pitch)
          usleep(120_000)
          player.release(pitch)
        }
        _ = try client.ask(.answer)
        _ = eventually(within: 5) { player.heldNotes() > 0 }
      }
      #expect(player.heldNotes() > 0, "nothing is answered: \(account)")
    }
  }

  @Test("JACK server SIGKILLed, back with other rate and period: connected again within 3 s, no leak, no stuck note")
  func killsInARow() throws {
    #expect(try eventually(within: 20) { try isConnected((48_000, 256)) })
    #expect(eventually { player.status.hasInput })
    try wire("keys:midi_out", "antiphon:midi_in")
    try wire("antiphon:midi_out", "keys:midi_in")
    #expect(try eventually(within: 20) { try isRestored() })
    #expect(player.status.voice.midiSources == ["antiphon:midi_out"])
    say(Row.heading)
    var rows: [Row] = []
    for number in 1...count {
      let sound = Sound.allCases[number % Sound.allCases.count]
      try begin(sound)
      server.murder()
      let away = [0, 0.3, 1.1, 2.6, 4.2][number % 5]
      usleep(UInt32(away * 1e6))
      let life = life(number)
      let back = try server.start(rate: life.rate, period: life.period)
      let isBack = try eventually(within: 20) { try isConnected(life) }
      let connected = max(0, MonotonicTime.now - back)
      let isWhole = try eventually(within: 20) { try isRestored() }
      let restored = max(0, MonotonicTime.now - back)
      let xruns = player.status.xruns
      #expect(
        isBack && connected <= 3,
        "kill \(number): connected after \(connected) s: \(daemon.log.suffix(1500))")
      #expect(isWhole, "kill \(number): \(account)")
      #expect(
        try isSilent(since: xruns),
        "kill \(number): \(player.heldNotes()) notes are held, or there is sound: \(account)")
      rows.append(
        Row(
          number: number, rate: life.rate, period: life.period, sound: sound, away: away, connected: connected,
          restored: restored, figures: figures(number)))
      say("\(rows[rows.count - 1])")
      guard isBack, isWhole else { break }
    }
    #expect(rows.count == count)
    try judge(rows)
    #expect(daemon.end() == 0)
    server.end()
  }

  /// A line that is seen at once, also through a pipe.
  private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private func judge(_ rows: [Row]) throws {
    let early = try #require(rows.dropFirst(4).first).figures
    let late = try #require(rows.last).figures
    let worst = rows.map(\.connected).max() ?? 0
    say("after 5: \(early)\nafter \(rows.count): \(late)\nworst: connected after \(worst) s")
    #expect(late.descriptors <= early.descriptors && late.threads <= early.threads, "\(early), then \(late)")
    // What the allocator keeps goes up and down by some megabytes from life to life; a leak, of a SoundFont for
    // instance, grows with every life, so it lifts even the least of three lives.
    let least = (
      early: rows.dropFirst().prefix(3).map(\.figures.memory).min() ?? 0,
      late: rows.suffix(3).map(\.figures.memory).min() ?? 0
    )
    #expect(least.late <= least.early + 4096, "the least of three lives in kB: \(least.early), then \(least.late)")
    #expect(try client.status().audio.restarts == rows.count)
  }
}
