// Tests of the sequencer client with other programs and the kernel's virtual keyboards.

import Foundation
import MIDI
import Testing

@testable import MIDIIO

/// The tests that need a sequencer, one after another: they connect by names, and so would disturb each other.
@Suite(.enabled(if: hasSequencer, "needs /dev/snd/seq; Tests/Machine/run has one"), .serialized)
struct SequencerSuite {}

extension SequencerSuite {
  @Suite(.enabled(if: hasVirtualKeyboards), .serialized) struct ProgramTests {
    private let keys = SourceIdentity(client: "Virtual Raw MIDI 0-0", port: "VirMIDI 0-0")
    private let off = MIDIMessage.noteOff(channel: 0, pitch: 60, velocity: 64)

    /// The path of a MIDI file whose only note lasts a minute.
    private func file() throws -> String {
      let url = FileManager.default.temporaryDirectory.appending(path: "held.mid")
      try StandardMIDIFile.data(notes: [.init(pitch: 60, onset: 0, duration: 60)]).write(to: url)
      return url.path
    }

    @Test func theKernelsKeyboardsAreConnectedAndMidiThroughIsNot() throws {
      let antiphon = try Listener()
      #expect(antiphon.listens { $0.events.contains(.connected(keys)) })
      #expect(!antiphon.client.connectedSources.contains { $0.client == "Midi Through" })
      #expect(!antiphon.client.connectedSources.contains { $0.client == "System" })
      #expect(try run("aconnect", "-l").output.contains("Midi Through"))
    }

    @Test func rawBytesMeanWhatTheStandardSays() throws {
      let antiphon = try Listener(.matching(["VirMIDI 0-0"]))
      let raw = try #require(FileHandle(forWritingAtPath: "/dev/snd/midiC0D0"))
      // Data without status, running status with velocity 0, a clock inside an exclusive message, F4, a cut message.
      raw.write(Data([5, 6, 0x90, 60, 100, 64, 100, 60, 0, 0xF0, 1, 0xF8, 2, 0xF7, 0xF4, 0x90, 62, 0x80, 64, 1, 0xFF]))
      #expect(antiphon.listens { $0.messages.last == .reset })
      #expect(
        antiphon.messages == [
          .noteOn(channel: 0, pitch: 60, velocity: 100), .noteOn(channel: 0, pitch: 64, velocity: 100), off, .clock,
          .noteOff(channel: 0, pitch: 64, velocity: 1), .reset,
        ])
      try raw.close()
    }

    @Test func unpluggingReleasesAndPluggingInConnects() throws {
      let antiphon = try Listener(.matching(["VirMIDI 0-0"]))
      let raw = try #require(FileHandle(forWritingAtPath: "/dev/snd/midiC0D0"))
      raw.write(Data([0x90, 60, 100]))
      #expect(antiphon.listens { !$0.messages.isEmpty })
      try raw.close()
      antiphon.forget()
      try virtualKeyboard.write(to: URL(fileURLWithPath: virtualKeyboardDriver + "/unbind"))
      #expect(antiphon.listens { $0.events.last == .disconnected(keys, released: 1) })
      #expect(antiphon.messages == [off])
      antiphon.forget()
      try virtualKeyboard.write(to: URL(fileURLWithPath: virtualKeyboardDriver + "/bind"))
      #expect(antiphon.listens { $0.events == [.connected(keys)] })
      antiphon.forget()
      let again = try #require(FileHandle(forWritingAtPath: "/dev/snd/midiC0D0"))
      again.write(Data([0x90, 60, 100]))
      #expect(antiphon.listens { $0.messages == [.noteOn(channel: 0, pitch: 60, velocity: 100)] })
      #expect(antiphon.timed.first?.source == keys)
      try again.close()
    }

    @Test func aKilledPlayerIsReleasedWithin50Milliseconds() throws {
      // From the kill to the release. The machine is emulated, and its computer may be busy with other things: the best
      // of ten tries shows what the kernel and the client take, the others what they had to wait for.
      var fastest = Double.infinity
      for _ in 0..<10 where fastest > 0.05 {
        let antiphon = try Listener(.none)
        let player = Process()
        player.executableURL = URL(fileURLWithPath: "/usr/bin/aplaymidi")
        player.arguments = ["-p", antiphon.inPort, try file()]
        try player.run()
        #expect(antiphon.listens { $0.messages.contains { if case .noteOn = $0 { true } else { false } } })
        antiphon.forget()
        let start = ProcessInfo.processInfo.systemUptime
        kill(player.processIdentifier, SIGKILL)
        #expect(antiphon.listens { $0.messages == [off] })
        fastest = min(fastest, ProcessInfo.processInfo.systemUptime - start)
        player.waitUntilExit()
        #expect(antiphon.listens { if case .disconnected(_, released: 1) = $0.events.last { true } else { false } })
      }
      #expect(fastest < 0.05)
    }

    @Test func otherProgramsHearTheAnswer() throws {
      let antiphon = try Listener(.none)
      let heard = FileManager.default.temporaryDirectory.appending(path: "heard.txt")
      try Data().write(to: heard)
      let dump = Process()
      dump.executableURL = URL(fileURLWithPath: "/usr/bin/aseqdump")
      dump.arguments = ["-p", antiphon.outPort]
      dump.standardOutput = try FileHandle(forWritingTo: heard)
      try dump.run()
      defer { kill(dump.processIdentifier, SIGKILL) }
      let isWired = antiphon.listens { _ in
        (try? run("aconnect", "-l"))?.output.contains("Connected From: \(antiphon.outPort)") ?? false
      }
      try #require(isWired)
      antiphon.client.send(.noteOn(channel: 4, pitch: 61, velocity: 99))
      antiphon.client.close()
      let expected = [
        ["Note", "on", "4,", "note", "61,", "velocity", "99"], ["Note", "off", "4,", "note", "61,", "velocity", "64"],
        ["Control", "change", "4,", "controller", "123,", "value", "0"],
        ["Control", "change", "4,", "controller", "64,", "value", "0"],
      ]
      var lines: [[String]] = []
      let deadline = ProcessInfo.processInfo.systemUptime + 20
      while lines.count < expected.count, ProcessInfo.processInfo.systemUptime < deadline {
        usleep(10_000)
        // Each line begins with the address of the sender.
        lines = try String(contentsOf: heard, encoding: .utf8).split(separator: "\n")
          .map { $0.split(separator: " ").dropFirst().map(String.init) }
          .filter { $0.first == "Note" || $0.first == "Control" }
      }
      #expect(lines == expected)
    }
  }
}
