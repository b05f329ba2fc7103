// Every kind of model is trained, kept, continued and read again by the same code.
import Foundation
import Improviser
import Neural
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  @Suite struct TrainerKinds {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "kinds-\(UUID().uuidString)")
    private let training = (0..<12).map { number in
      var sequence = NoteFixtures.sequence(number, notes: 40, scale: NoteFixtures.dDorian)
      sequence.composer = number % 4 == 3 ? "Rare" : "Bach"
      return sequence
    }
    private let validation = (40..<44).map { NoteFixtures.sequence($0, notes: 40, scale: NoteFixtures.dDorian) }

    private func options(_ kind: NoteModelKind) -> NoteTrainingOptions {
      var options = NoteTrainingOptions(kind)
      options.model = NoteFixtures.model(kind)
      (options.batch, options.window, options.epochs) = (4, 16, 2)
      options.isQuiet = true
      options.output = folder.appending(path: "model.safetensors")
      options.checkpoint = folder.appending(path: "model.checkpoint.pt")
      return options
    }

    private func inFolder(_ body: () throws -> Void) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try body()
    }

    @Test(arguments: NoteModelKind.allCases) func resumedTrainingContinuesExactly(kind: NoteModelKind) throws {
      try inFolder {
        let whole = try NoteTrainer(options(kind)).run(training: training, validation: validation)
        var steps = 0
        #expect(throws: TrainingError.self) {
          try NoteTrainer(options(kind)).run(training: training, validation: validation) {
            steps += 1
            return steps == 5
          }
        }
        try TorchRuntime.seed(99)
        var resuming = options(kind)
        resuming.resumes = true
        let resumed = try NoteTrainer(resuming).run(training: training, validation: validation)
        #expect(whole.history.map(\.training) == resumed.history.map(\.training))
        #expect(whole.history.map(\.validation) == resumed.history.map(\.validation))
        for (a, b) in zip(whole.network.parameters, resumed.network.parameters) {
          let isEqual = try a.tensor.floats() == b.tensor.floats()
          #expect(isEqual, "\(a.name)")
        }
      }
    }

    @Test(arguments: NoteModelKind.allCases) func filesAreReadAsTheyWereWritten(kind: NoteModelKind) throws {
      try inFolder {
        try TorchRuntime.seed(3)
        var model = NoteFixtures.model(kind)
        try NoteLearnerFactory.prepare(&model, from: NoteSource(training))
        let learner = try NoteLearnerFactory.make(model)
        let url = folder.appending(path: "x.safetensors")
        try NoteLearnerFile.write(learner, memory: nil, notes: ["data": "d"], as: .float32, to: url)
        let read = try NoteLearnerFile.read(url)
        #expect(read.options == model)
        for (a, b) in zip(learner.parameters, read.parameters) {
          let isEqual = try a.tensor.floats() == b.tensor.floats()
          #expect(a.name == b.name && isEqual)
        }
        let bytes = try Data(contentsOf: url)
        try bytes.prefix(bytes.count - 5).write(to: url)
        #expect(throws: ModelError.self) { try NoteLearnerFile.read(url) }
      }
    }

    /// A file with one tensor and this string map.
    private static func stated(_ hidden: String) -> [String: String] {
      let options = """
        {"kind":"lstm","embedding":16,"hidden":\(hidden),"heads":1,"dropout":0,"conditions":["a"],"tokens":[]}
        """
      return ["architecture": "lstm", "version": "1", "options": options]
    }

    @Test(arguments: [
      ([:], "is no note model"),
      (["architecture": "chroma-lite"], "is no note model (chroma-lite)"),
      (["architecture": "transformer"], "has the version none"),
      (["architecture": "transformer", "version": "1"], "does not state the shape"),
      (stated("[4096,4096]"), "holds only 2 numbers"),
      (stated("[5000]"), "an impossible shape"),
      (stated("[]"), "an impossible shape"),
      (stated("[1]"), "has no tensor \"embedding."),
    ]) func filesThatDoNotFitAreRefused(metadata: [String: String], sentence: String) throws {
      try inFolder {
        let url = folder.appending(path: "x.safetensors")
        var writer = SafetensorsWriter(metadata: metadata)
        try writer.add("weight", shape: [2], [Float(1), 2])
        try writer.write(to: url)
        let error = #expect(throws: ModelError.self) { try NoteLearnerFile.read(url) }
        #expect(error?.description.contains(sentence) == true)
      }
    }

    @Test func theShippedModelIsRead() throws {
      let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(5).joined(separator: "/")
      let learner = try NoteLearnerFile.read(URL(fileURLWithPath: root + "/presets/models/notes.safetensors"))
      #expect(learner.options.kind == .lstm)
      #expect(learner.parameterCount > 1_000_000)
      let untrained = try LSTMLearner(learner.options)
      let bits = try NoteTrainer.measure(learner, on: validation).total
      let before = try NoteTrainer.measure(untrained, on: validation).total
      #expect(bits < before - 5)
    }

    @Test func aConditionIsHeardAndBaked() throws {
      try inFolder {
        var options = options(.lstm)
        options.conditionBy = .composer
        _ = try NoteTraining.run(options, training: NoteSource(training), validation: NoteSource(validation))
        let learner = try #require(try NoteLearnerFile.read(options.output) as? LSTMLearner)
        #expect(learner.options.conditions == ["Bach"], "Rare has too few sequences")
        let card = try String(contentsOf: folder.appending(path: "model.md"), encoding: .utf8)
        #expect(card.contains("| told the composer | Bach, or none |"))
        var told = validation
        for index in told.indices { told[index].composer = "Bach" }
        let toldBits = try NoteTrainer.measure(learner, on: told)
        let untoldBits = try NoteTrainer.measure(learner, on: validation)
        #expect(abs(toldBits.total - untoldBits.total) > 1e-6)
        let bach = try NoteTrainer.measure(LSTMLearner(learner.bake(condition: "Bach")), on: validation)
        #expect(abs(bach.total - toldBits.total) < 1e-5)
        let none = try NoteTrainer.measure(LSTMLearner(learner.bake(condition: nil)), on: told)
        #expect(abs(none.total - untoldBits.total) < 1e-5)
        #expect(throws: TrainingError.self) { try learner.bake(condition: "Rare") }
      }
    }

    @Test func theObserverHearsEachStepAndPass() throws {
      final class Observer: TrainingObserver {
        var steps: [Int] = []
        var epochs: [Int] = []
        func step(_ step: Int, loss: Double, rate: Double, notesASecond: Double) {
          if loss > 0, rate > 0, notesASecond > 0 { steps.append(step) }
        }
        func epoch(_ epoch: NoteEpoch) { epochs.append(epoch.epoch) }
      }
      var options = options(.lstm)
      options.checkpoint = nil
      let observer = Observer()
      _ = try NoteTrainer(options).run(
        training: NoteSource(training), validation: NoteSource(validation), observer: observer)
      #expect(observer.steps == Array(0..<observer.steps.count))
      #expect(observer.epochs == [0, 1])
    }

    @Test func theLongTermMemoryOfALargeCorpusCountsAPartOfIt() throws {
      let all = NoteTraining.memory(of: NoteSource(training))
      let half = NoteTraining.memory(of: NoteSource(training), mostCounted: 240)
      let same = NoteTraining.memory(
        of: NoteSource(training.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)))
      func bytes(_ memory: LongTermMemory) throws -> Data {
        let url = FileManager.default.temporaryDirectory.appending(path: "memory-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        var writer = SafetensorsWriter()
        try memory.write(to: &writer)
        try writer.write(to: url)
        return try Data(contentsOf: url)
      }
      let (allBytes, halfBytes) = (try bytes(all), try bytes(half))
      #expect(allBytes.count > halfBytes.count)
      let sameBytes = try bytes(same)
      #expect(halfBytes.count == sameBytes.count)
    }
  }
}
