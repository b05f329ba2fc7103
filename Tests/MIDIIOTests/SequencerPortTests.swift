// Tests of the choice of ports and of the errors' sentences.

import CALSA
import Testing

@testable import MIDIIO

@Suite struct SequencerPortTests {
  private let own = SourceIdentity(client: "antiphon", port: "out")

  private func port(
    client: UInt8 = 20, _ name: String = "Keystation",
    capabilities: Int32 = SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ,
    type: Int32 = SND_SEQ_PORT_TYPE_MIDI_GENERIC | SND_SEQ_PORT_TYPE_HARDWARE
  ) -> SequencerPort {
    SequencerPort(
      address: PortAddress(client: client, port: 0), identity: SourceIdentity(client: name, port: "MIDI 1"),
      capabilities: UInt32(capabilities), type: UInt32(type))
  }

  @Test func keyboardsAndProgramsArePlayers() {
    #expect(port().isPlayer(for: own, client: 128))
    let program = SND_SEQ_PORT_TYPE_MIDI_GENERIC | SND_SEQ_PORT_TYPE_APPLICATION
    #expect(port("vkeybd", type: program).isPlayer(for: own, client: 128))
  }

  @Test func otherPortsAreNot() {
    let readable = SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ
    #expect(!port(client: 128).isPlayer(for: own, client: 128))
    #expect(!port("antiphon").isPlayer(for: own, client: 128))
    #expect(!port("Midi Through").isPlayer(for: own, client: 128))
    #expect(!port(client: 0, "System").isPlayer(for: own, client: 128))
    #expect(!port("FLUID Synth", type: SND_SEQ_PORT_TYPE_SYNTHESIZER).isPlayer(for: own, client: 128))
    #expect(!port(capabilities: SND_SEQ_PORT_CAP_READ).isPlayer(for: own, client: 128))
    #expect(!port(capabilities: SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_SUBS_WRITE).isPlayer(for: own, client: 128))
    #expect(!port(capabilities: readable | SND_SEQ_PORT_CAP_NO_EXPORT).isPlayer(for: own, client: 128))
  }

  @Test func patternsMatchNames() {
    let name = SourceIdentity(client: "USB Keystation 61", port: "MIDI 1")
    #expect(AutoConnect.all.accepts(name))
    #expect(!AutoConnect.none.accepts(name))
    #expect(AutoConnect.matching(["nothing", "keystation"]).accepts(name))
    #expect(AutoConnect.matching(["usb*61:midi ?"]).accepts(name))
    #expect(!AutoConnect.matching(["61:out"]).accepts(name))
    #expect(!AutoConnect.matching([]).accepts(name))
    #expect(AutoConnect.matching(["[pad]"]).accepts(SourceIdentity(client: "pa", port: "1")))
  }

  @Test func errorsSayWhatToDo() {
    #expect(
      SequencerError.opening(code: -ENOENT, text: "").description
        == "No ALSA MIDI: the kernel's sequencer is not there (/dev/snd/seq); load it with \"sudo modprobe snd-seq\".")
    #expect(SequencerError.opening(code: -EACCES, text: "").description.contains("usermod -aG audio"))
    #expect(SequencerError.opening(code: -EBUSY, text: "busy").description.contains("busy"))
    #expect(SequencerError.refused(what: "name the client", reason: "no").description.contains("name the client"))
  }

  @Test(.disabled(if: hasSequencer)) func withoutASequencerThereIsAnError() {
    #expect(throws: SequencerError.opening(code: -ENOENT, text: "")) { _ = try SequencerClient() }
  }
}
