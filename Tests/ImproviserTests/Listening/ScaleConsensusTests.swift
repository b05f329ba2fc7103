// One scale from two ears.
import Chroma
import Music
import ScaleDetector
import Testing

@testable import Improviser

@Suite struct ScaleConsensusTests {
  private let frame = ChromaFrame(time: 1, level: -20, isActive: true, chroma: [], tuningCents: 0, step: nil)

  private func readout(_ candidates: [(String, Float)]) -> ScaleReadout {
    let list = candidates.map { Candidate(scale: Scale(name: $0.0), probability: $0.1) }
    return ScaleReadout(
      frame: frame, scale: list.first?.scale, confidence: list.first?.probability ?? 0, candidates: list)
  }

  @Test func oneEarAloneDecides() {
    var consensus = ScaleConsensus()
    let only = readout([("C major", 0.7), ("A minor", 0.2)])
    #expect(consensus.process(notes: only, sound: nil)?.scale.name == "C major")
    #expect(consensus.process(notes: nil, sound: only)?.confidence == 0.7)
    #expect(consensus.process(notes: readout([]), sound: only)?.scale.name == "C major")
    #expect(consensus.process(notes: nil, sound: readout([])) == nil)
  }

  @Test func agreementIsNoMoreCertainThanTheSurerEar() {
    var consensus = ScaleConsensus()
    let both = consensus.process(notes: readout([("C major", 0.6)]), sound: readout([("C major", 0.8)]))
    #expect(both == DetectedScale(scale: Scale(tonic: PitchClass(wrapping: 0), family: .major), confidence: 0.8))
  }

  @Test func theSurerAndTheNearerEarCountMore() {
    var consensus = ScaleConsensus()
    let notes = readout([("C major", 0.6), ("A minor", 0.3)])
    #expect(
      consensus.process(notes: notes, sound: readout([("A minor", 0.6), ("C major", 0.3)]))?.scale.name == "C major")
    consensus.reset()
    let sure = readout([("A minor", 0.95), ("C major", 0.02)])
    let result = consensus.process(notes: readout([("C major", 0.45), ("A minor", 0.4)]), sound: sure)
    #expect(result?.scale == Scale(name: "A minor"))
    #expect((result?.confidence ?? 0) < 0.95)
  }

  @Test func whatWasGivenStaysInDoubt() {
    let (left, right) = (readout([("C major", 0.5), ("A minor", 0.45)]), readout([("A minor", 0.6), ("C major", 0.4)]))
    var consensus = ScaleConsensus()
    let sound = readout([("A minor", 0.9)])
    #expect(consensus.process(notes: nil, sound: sound)?.scale == Scale(name: "A minor"))
    #expect(consensus.process(notes: left, sound: right)?.scale == Scale(name: "A minor"))
    let clear = readout([("C major", 0.8), ("A minor", 0.1)])
    #expect(consensus.process(notes: clear, sound: right)?.scale.name == "C major")
  }
}
