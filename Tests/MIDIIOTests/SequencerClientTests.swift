// Tests of the sequencer client on a real ALSA sequencer, with clients in this process.

import Foundation
import MIDI
import Testing

@testable import MIDIIO

extension SequencerSuite {
  @Suite struct ClientTests {
    private let keys = SourceIdentity(client: "keyboard", port: "out")
    private let on = MIDIMessage.noteOn(channel: 3, pitch: 60, velocity: 90)

    @Test func playersAreConnectedWhenTheyAppear() throws {
      let antiphon = try Listener(.matching(["keyboard"]))
      #expect(!antiphon.listens(within: 0.1) { !$0.events.isEmpty })
      let keyboard = try Listener(.none, name: "keyboard")
      #expect(antiphon.listens { $0.events == [.connected(keys)] })
      antiphon.forget()
      keyboard.client.send(on)
      #expect(antiphon.listens { $0.messages == [on] })
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      let time = try #require(antiphon.timed.first?.time)
      #expect(abs(time - Double(now.tv_sec) - Double(now.tv_nsec) * 1e-9) < 5)
      #expect(antiphon.timed.first?.source == keys)
      #expect(antiphon.client.connectedSources == [keys])
    }

    @Test func playersThatAreThereAreConnectedAtTheStart() throws {
      let keyboard = try Listener(.none, name: "keyboard")
      let antiphon = try Listener(.matching(["keyboard"]))
      #expect(antiphon.listens { $0.events == [.connected(keys)] })
      withExtendedLifetime(keyboard) {}
    }

    @Test func everyMessageArrives() throws {
      let keyboard = try Listener(.none, name: "keyboard")
      let antiphon = try Listener(.matching(["keyboard"]))
      let messages: [MIDIMessage] = [
        on, .noteOff(channel: 3, pitch: 60, velocity: 5), .keyPressure(channel: 1, pitch: 2, pressure: 3),
        .controlChange(channel: 15, controller: 64, value: 127), .programChange(channel: 0, program: 127),
        .channelPressure(channel: 9, pressure: 1), .pitchBend(channel: 2, value: -8192),
        .songPosition(sixteenths: 16383), .clock, .start, .continue, .stop, .reset,
      ]
      for message in messages { keyboard.client.send(message) }
      #expect(antiphon.listens { $0.messages.count >= messages.count })
      #expect(antiphon.messages == messages)
    }

    @Test func closingEndsWhatSounds() throws {
      let antiphon = try Listener(.matching(["keyboard"]))
      let keyboard = try Listener(.none, name: "keyboard")
      #expect(antiphon.listens { $0.events == [.connected(keys)] })
      keyboard.client.send(on)
      keyboard.client.send(.controlChange(channel: 3, controller: 64, value: 127))
      #expect(antiphon.listens { $0.messages.count == 2 })
      antiphon.forget()
      keyboard.client.close()
      #expect(antiphon.listens { $0.events.last == .disconnected(keys, released: 0) })
      #expect(
        antiphon.messages == [
          .noteOff(channel: 3, pitch: 60, velocity: 64), .controlChange(channel: 3, controller: 64, value: 0),
          .controlChange(channel: 3, controller: 123, value: 0), .controlChange(channel: 3, controller: 64, value: 0),
        ])
    }

    @Test func aPlayerReturnsByName() throws {
      let antiphon = try Listener(.none)
      let keyboard = try Listener(.none, name: "keyboard")
      try run("aconnect", keyboard.outPort, antiphon.inPort)
      #expect(antiphon.listens { $0.events == [.connected(keys)] })
      keyboard.client.close()
      #expect(antiphon.listens { $0.events.last == .disconnected(keys, released: 0) })
      antiphon.forget()
      let stranger = try Listener(.none, name: "another")
      let again = try Listener(.none, name: "keyboard")
      #expect(antiphon.listens { $0.events == [.connected(keys)] })
      withExtendedLifetime((stranger, again)) {}
    }

    @Test func whatSomebodyDisconnectsStaysDisconnected() throws {
      let keyboard = try Listener(.none, name: "keyboard")
      let antiphon = try Listener(.matching(["keyboard"]))
      keyboard.client.send(on)
      #expect(antiphon.listens { $0.messages == [on] })
      antiphon.forget()
      try run("aconnect", "-d", keyboard.outPort, antiphon.inPort)
      #expect(antiphon.listens { $0.events.last == .disconnected(keys, released: 1) })
      #expect(antiphon.messages == [.noteOff(channel: 3, pitch: 60, velocity: 64)])
      antiphon.forget()
      for _ in 0..<5000 { keyboard.client.send(on) }
      #expect(!antiphon.listens(within: 0.2) { !$0.events.isEmpty })
    }

    @Test func feedbackIsTakenBack() throws {
      let antiphon = try Listener(.none)
      try run("aconnect", antiphon.outPort, antiphon.inPort)
      #expect(antiphon.listens { !$0.events.isEmpty })
      antiphon.client.send(on)
      #expect(!antiphon.listens(within: 0.2) { $0.events != [.feedbackRefused] })
      let wires = try run("aconnect", "-l").output.split(separator: "\n").filter { $0.contains("Connected From") }
      #expect(wires.contains { $0.contains("0:1") })
      #expect(!wires.contains { $0.contains(antiphon.outPort) })
    }

    @Test func announcementsSurviveTheRemovalOfAllConnections() throws {
      let antiphon = try Listener(.matching(["keyboard"]))
      try run("aconnect", "-x")
      _ = antiphon.listens(within: 0.2) { _ in false }
      let keyboard = try Listener(.none, name: "keyboard")
      #expect(antiphon.listens { $0.events.contains(.connected(keys)) })
      withExtendedLifetime(keyboard) {}
    }

    @Test func anOverrunReleasesEverythingAndGoesOn() throws {
      let keyboard = try Listener(.none, name: "keyboard")
      let antiphon = try Listener(.matching(["keyboard"]))
      keyboard.client.send(on)
      #expect(antiphon.listens { $0.messages == [on] })
      // The reader stalls. A player comes and one goes meanwhile, which it cannot hear of.
      for index in 0..<5000 { keyboard.client.send(.noteOn(channel: 0, pitch: index % 12, velocity: 1)) }
      let late = try Listener(.none, name: "late keyboard")
      antiphon.forget()
      #expect(antiphon.listens { $0.events.contains { if case .overrun = $0 { true } else { false } } })
      #expect(antiphon.messages.contains(.noteOff(channel: 3, pitch: 60, velocity: 64)))
      #expect(antiphon.client.counters.overruns == 1)
      #expect(antiphon.listens { $0.client.connectedSources.count == 2 })
      antiphon.forget()
      late.client.send(on)
      #expect(antiphon.listens { $0.messages == [on] })
      #expect(keyboard.client.counters.dropped > 0)
    }

    @Test func releasesReachAReceiverThatWasFull() throws {
      let antiphon = try Listener(.none, name: "antiphon")
      let receiver = try Listener(.none, name: "receiver")
      try run("aconnect", antiphon.outPort, receiver.inPort)
      for _ in 0..<3000 { antiphon.client.send(on) }
      antiphon.client.send(.noteOff(channel: 3, pitch: 60, velocity: 64))
      #expect(antiphon.client.isWaiting)
      #expect(receiver.listens { $0.client.counters.overruns == 1 })
      receiver.forget()
      antiphon.client.flush()
      #expect(!antiphon.client.isWaiting)
      #expect(receiver.listens { $0.messages == [.noteOff(channel: 3, pitch: 60, velocity: 64)] })
    }

    @Test func aClosedClientIsSilent() throws {
      let antiphon = try Listener(.none)
      antiphon.client.close()
      antiphon.client.close()
      antiphon.client.send(on)
      antiphon.client.silence()
      antiphon.client.read { _ in Issue.record("a closed client reported something") }
      #expect(antiphon.client.clientNumber == nil)
    }
  }
}
