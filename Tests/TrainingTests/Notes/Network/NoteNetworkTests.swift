// The note network: exact probabilities, impossible classes, parts switched off.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct Notes {
    @Test func probabilitiesSumToOneAndTheImpossibleHasNone() throws {
      try TorchRuntime.seed(3)
      let network = try NoteNetwork(NoteFixtures.options)
      let sequence = NoteFixtures.sequence(1, notes: 40, scale: NoteFixtures.dDorian)
      let likelihood = try network.logProbabilities(of: sequence)
      #expect(likelihood.distributions[.interval]?.count == 41 * NoteVocabulary.intervalCount)
      #expect(likelihood.distributions[.pitch]?.count == 40 * NoteVocabulary.pitchCount)
      for attribute in NoteAttribute.allCases {
        for index in 0..<40 {
          let sum = likelihood.distribution(attribute, at: index).reduce(0) { $0 + exp(Double($1)) }
          #expect(abs(sum - 1) < 1e-5)
        }
      }
      let chord = try #require(sequence.events.indices.dropFirst().first { sequence.events[$0].interval == 0 })
      let below = sequence.events[chord - 1].pitch
      #expect(likelihood.distribution(.pitch, at: chord).prefix(below + 1).allSatisfy { $0 == -.infinity })
      #expect(likelihood.distribution(.pitch, at: chord).dropFirst(below + 1).allSatisfy { $0.isFinite })
      // The first note may have any pitch although its interval is 0.
      #expect(likelihood.distribution(.pitch, at: 0).allSatisfy { $0.isFinite })
      #expect(likelihood.distribution(.duration, at: 5).first == -.infinity)
    }

    @Test func likelihoodsDoNotDependOnWhatLiesBeside() throws {
      try TorchRuntime.seed(4)
      let network = try NoteNetwork(NoteFixtures.options)
      let sequences = [17, 40, 3, 90].enumerated().map { NoteFixtures.sequence($0.offset, notes: $0.element) }
      let together = try network.logProbabilities(of: sequences)
      for (sequence, likelihood) in zip(sequences, together) {
        let alone = try network.logProbabilities(of: sequence)
        #expect(abs(alone.nats - likelihood.nats) < 1e-3)
        #expect(likelihood.classes.count == sequence.events.count)
      }
      let bits = try NoteTrainer.measure(LSTMLearner(network), on: sequences)
      let nats = together.reduce(0) { $0 + $1.nats }
      #expect(abs(bits.total - nats / log(2) / 150) < 1e-4)
      let pitches = together.reduce(0) { $0 - Double($1.logProbabilities(.pitch).reduce(0, +)) }
      #expect(abs(bits[.pitch] - pitches / log(2) / 150) < 1e-4)
    }

    @Test func theScaleIsHeardAndMayBeHidden() throws {
      try TorchRuntime.seed(5)
      let network = try NoteNetwork(NoteFixtures.options)
      let told = NoteFixtures.sequence(1, notes: 30, scale: NoteFixtures.dDorian)
      let untold = NoteFixtures.sequence(1, notes: 30)
      let difference = try network.logProbabilities(of: told).nats - network.logProbabilities(of: untold).nats
      #expect(abs(difference) > 1e-4)
      let learner = try LSTMLearner(network)
      let hidden = try NoteTrainer.measure(learner, on: [told], isScaleHidden: true)
      #expect(abs(hidden.total - (try NoteTrainer.measure(learner, on: [untold]).total)) < 1e-6)
    }

    @Test func attributesCanBeSwitchedOff() throws {
      var options = NoteFixtures.options
      (options.inputs, options.outputs, options.scaleInput) = ([.pitch], [.pitch], false)
      let melody = try NoteNetwork(options)
      #expect(!melody.parameters.contains { $0.name.contains("interval") || $0.name.contains("scale") })
      let likelihood = try melody.logProbabilities(of: NoteFixtures.sequence(2, notes: 20))
      #expect(Set(likelihood.distributions.keys) == [.pitch])
      // What follows is unknown to it, so no pitch is impossible.
      #expect(likelihood.distributions[.pitch]?.allSatisfy { $0.isFinite } == true)
      (options.inputs, options.outputs) = ([.pitch, .interval], [.pitch, .interval])
      let chorale = try NoteNetwork(options)
      #expect(Set(try chorale.logProbabilities(of: NoteFixtures.sequence(2, notes: 20)).distributions.keys)
        == [.pitch, .interval])
      #expect(throws: TrainingError.self) {
        try NoteModelFile.write(melody, notes: [:], to: URL(fileURLWithPath: "/nowhere/model.safetensors"))
      }
      options.outputs = []
      #expect(throws: TrainingError.self) { try NoteNetwork(options) }
    }

    @Test func notesThatTheModelCannotExpressAreRefused() throws {
      var sequence = NoteFixtures.sequence(1, notes: 4)
      sequence.events[2] = NoteEvent(interval: 0, pitch: sequence.events[1].pitch, duration: 1, velocity: 1)
      let error = #expect(throws: TrainingError.self) { try NoteClasses(sequence) }
      #expect(error?.description.hasPrefix("Note 3 of 1 ") == true)
      sequence.events[2] = NoteEvent(interval: 1, pitch: 128, duration: 1, velocity: 1)
      #expect(throws: TrainingError.self) { try NoteClasses(sequence) }
    }
  }
}
