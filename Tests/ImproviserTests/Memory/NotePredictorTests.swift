// The mixture: probabilities, what is impossible, what the player's memory changes, and returning to a mark.
import Testing

@testable import Improviser

@Suite struct NotePredictorTests {
  private let motive = [60, 62, 64, 65, 67, 65, 64, 62]

  private func predictor(share: Double = 0.5, longTerm: LongTermMemory? = nil) -> NotePredictor {
    NotePredictor(network: FlatNetwork(), spare: FlatNetwork(), longTerm: longTerm, memoryShare: share, capacity: 500)
  }

  private func corpus() -> LongTermMemory {
    let builder = LongTermMemoryBuilder()
    for start in 48..<60 { builder.add(melody((0..<32).map { start + motive[$0 % 8] - 60 })) }
    return builder.finish()
  }

  private func checkSums(_ predictor: NotePredictor) {
    #expect(isNormalised(predictor.intervals()))
    for interval in [0, 5, 14] {
      #expect(isNormalised(predictor.pitches(interval: interval)))
      #expect(isNormalised(predictor.durations(interval: interval, pitch: 60)))
      #expect(predictor.durations(interval: interval, pitch: 60)[0] == 0)
      #expect(isNormalised(predictor.velocities(interval: interval, pitch: 60, duration: 14)))
    }
  }

  @Test(arguments: [0, 0.25, 0.5, 1]) func allSumsAreOne(_ share: Double) {
    for longTerm in [nil, corpus()] {
      let predictor = predictor(share: share, longTerm: longTerm)
      checkSums(predictor)
      var generator = SeededGenerator(seed: 2)
      for _ in 0..<200 {
        let event = NoteEvent(
          interval: Int(generator.uniform() * 40) / 8 * 8, pitch: Int(generator.uniform() * 128),
          duration: Int(generator.uniform() * 60), velocity: Int(generator.uniform() * 128))
        predictor.hear(event, scale: nil)
        checkSums(predictor)
      }
    }
  }

  @Test func aNetworkOfAbsurdWeightsStillGivesProbabilities() throws {
    let model = try RandomNoteModel(spread: 3e37).model(seed: 1)
    let predictor = NotePredictor(model: model)
    let logits = NoteModelState(model).pitchLogits(interval: 14)
    #expect(logits.contains { !$0.isFinite }, "its logits are no numbers")
    for event in melody(motive) {
      predictor.hear(event, scale: nil)
      checkSums(predictor)
    }
  }

  @Test func allThatIsPossibleHasAProbability() {
    let predictor = predictor(longTerm: corpus())
    for event in melody(motive) { predictor.hear(event, scale: nil) }
    #expect(predictor.intervals().allSatisfy { $0 > 0 })
    #expect(predictor.pitches(interval: 14).allSatisfy { $0 > 0 })
    #expect(predictor.durations(interval: 14, pitch: 60).dropFirst().allSatisfy { $0 > 0 })
    #expect(predictor.velocities(interval: 14, pitch: 60, duration: 14).allSatisfy { $0 > 0 })
  }

  @Test func aChordGoesUpwards() {
    let predictor = predictor(longTerm: corpus())
    #expect(predictor.pitches(interval: 0).allSatisfy { $0 > 0 }, "the first note may be any")
    for event in melody(motive) { predictor.hear(event, scale: nil) }
    let values = predictor.pitches(interval: 0)
    #expect(values[0...62].allSatisfy { $0 == 0 } && values[63...].allSatisfy { $0 > 0 })
    predictor.hear(NoteEvent(interval: 24, pitch: 127, duration: 24, velocity: 64), scale: nil)
    #expect(isNormalised(predictor.pitches(interval: 0)), "above the highest pitch all is allowed again")
  }

  @Test func thePlayersMotiveIsExpected() {
    let predictor = predictor()
    for _ in 0..<6 { for event in melody(motive) { predictor.hear(event, scale: nil) } }
    let values = predictor.pitches(interval: 14)
    #expect(values[60] > 0.5, "after … 64 62 comes 60")
    #expect(predictor.intervals()[14] > 0.5)
    #expect(predictor.rememberedNotes == 48)
  }

  @Test func theKnobScalesThePlayersShare() {
    let values = [0, 0.25, 0.5, 0.75, 1].map { share -> Float in
      let predictor = predictor(share: 0.5)
      for _ in 0..<4 { for event in melody(motive) { predictor.hear(event, scale: nil) } }
      predictor.memoryShare = share
      return predictor.pitches(interval: 14)[60]
    }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(values[0] - 1 / 128) < 1e-6)
    #expect(values[4] > 0.7)
  }

  @Test func withoutMemoryThePlayerChangesNothing() {
    let taught = predictor(share: 0, longTerm: corpus())
    let other = predictor(share: 0, longTerm: corpus())
    for _ in 0..<10 { for event in melody(motive) { taught.hear(event, scale: nil) } }
    for event in melody([70, 72, 74, 70, 72, 74]) { other.hear(event, scale: nil) }
    for predictor in [taught, other] {
      predictor.beginPiece()
      for event in melody([60, 62, 64, 65, 67]) { predictor.play(event, scale: nil) }
    }
    #expect(Array(taught.pitches(interval: 14)) == Array(other.pitches(interval: 14)))
    #expect(Array(taught.intervals()) == Array(other.intervals()))
  }

  @Test func ownNotesTeachNothing() {
    let predictor = predictor()
    for event in melody(motive) { predictor.play(event, scale: nil) }
    #expect(predictor.rememberedNotes == 0)
    #expect(predictor.pitches(interval: 14).allSatisfy { abs($0 - 1 / 128) < 1e-6 })
  }

  @Test func aPieceOrAPlayerIsForgotten() {
    let predictor = predictor()
    for event in melody(motive + motive + motive) { predictor.hear(event, scale: nil) }
    predictor.beginPiece()
    #expect(predictor.rememberedNotes == 24)
    for event in melody([60, 62, 64]) { predictor.play(event, scale: nil) }
    #expect(predictor.pitches(interval: 14)[65] > 0.1)
    predictor.forgetPlayer()
    #expect(predictor.rememberedNotes == 0)
    #expect(predictor.pitches(interval: 14).allSatisfy { abs($0 - 1 / 128) < 1e-6 })
  }

  @Test func rewindReturnsToTheMark() {
    let predictor = predictor(longTerm: corpus())
    for event in melody(motive + motive) { predictor.hear(event, scale: nil) }
    let expected = Array(predictor.pitches(interval: 14))
    predictor.mark()
    for event in melody([70, 40, 90]) { predictor.play(event, scale: nil) }
    #expect(Array(predictor.pitches(interval: 14)) != expected)
    predictor.rewind()
    #expect(Array(predictor.pitches(interval: 14)) == expected)
    let chord = predictor.pitches(interval: 0)
    #expect(chord[62] == 0 && chord[63] > 0)
  }

  @Test func theEndIsTheNetworksAlone() {
    let predictor = predictor(longTerm: corpus())
    for _ in 0..<10 { for event in melody(motive) { predictor.hear(event, scale: nil) } }
    #expect(abs(predictor.intervals()[NoteVocabulary.end] - 1 / 41) < 1e-5)
  }

  @Test func theSameNotesGiveTheSameNumbers() {
    let results = (0..<2).map { _ -> [Float] in
      let predictor = predictor(longTerm: corpus())
      for index in 0..<1200 {
        let event = NoteEvent(
          interval: index % 5 * 6, pitch: 40 + index * 7 % 41, duration: 6 + index % 30, velocity: 20 + index % 90)
        predictor.hear(event, scale: nil)
      }
      return Array(predictor.pitches(interval: 9)) + Array(predictor.intervals())
    }
    #expect(results[0] == results[1])
  }

  @Test func valuesOutsideMIDIDoNoHarm() {
    let predictor = predictor(longTerm: corpus())
    for value in [Int.min / 2, -1, 128, 4000] {
      predictor.hear(NoteEvent(interval: value, pitch: value, duration: value, velocity: value), scale: nil)
      checkSums(predictor)
    }
  }
}
