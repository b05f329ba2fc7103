// Training learns, resumes exactly, can be interrupted, and writes what it promises.
import Foundation
import Improviser
import Neural
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  @Suite struct Trainer {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "notes-\(UUID().uuidString)")
    private let training = (0..<40).map { NoteFixtures.sequence($0, notes: 60, scale: NoteFixtures.dDorian) }
    private let validation = (40..<48).map { NoteFixtures.sequence($0, notes: 60, scale: NoteFixtures.dDorian) }

    private func options(epochs: Int) -> NoteTrainingOptions {
      var options = NoteTrainingOptions()
      options.model = NoteFixtures.model(.lstm)
      (options.batch, options.window, options.epochs) = (8, 16, epochs)
      options.rate = 1e-2
      options.averaging = 0.9
      options.augmentation.stretches = false
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

    @Test func learnsAndWritesModelCardAndHistory() throws {
      try inFolder {
        try TorchRuntime.seed(1)
        let untrained = try NoteTrainer.measure(LSTMLearner(NoteFixtures.model(.lstm)), on: validation)
        _ = try NoteTraining.run(
          options(epochs: 8), training: NoteSource(training), validation: NoteSource(validation))
        let file = try SafetensorsFile(contentsOf: folder.appending(path: "model.safetensors"))
        #expect(file.metadata["architecture"] == "note-lstm")
        #expect(file.metadata["shape"]?.contains("\"pitch_hidden\":192") == true)
        #expect(file.tensors.allSatisfy { $0.type == .float16 || $0.name.hasPrefix("memory.") })
        #expect(try LongTermMemory(file) != nil)
        #expect(file.metadata["figures"]?.contains("bits a note") == true)
        let card = try String(contentsOf: folder.appending(path: "model.md"), encoding: .utf8)
        #expect(card.contains("| seed | 1 |"))
        #expect(card.contains("| test | 40 (2400 notes) | 8 (480 notes) |"))
        let history = try String(contentsOf: folder.appending(path: "model-history.csv"), encoding: .utf8)
        let rows = history.split(separator: "\n")
        #expect(rows.count == 9)
        let last = try #require(rows.last?.split(separator: ",").compactMap { Double($0) })
        #expect(last[7] < 0.4 * untrained.total, "validation bits")
      }
    }

    @Test func resumedTrainingContinuesExactly() throws {
      try inFolder {
        let whole = try NoteTrainer(options(epochs: 3)).run(training: training, validation: validation)
        // The same, interrupted in the middle of the second pass.
        var steps = 0
        let error = #expect(throws: TrainingError.self) {
          try NoteTrainer(options(epochs: 3)).run(training: training, validation: validation) {
            steps += 1
            return steps == 30
          }
        }
        #expect(error?.description.contains("go on with --resume") == true)
        try TorchRuntime.seed(99)
        var resuming = options(epochs: 3)
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

    @Test func aTrainingWithoutProgressEnds() throws {
      try inFolder {
        var still = options(epochs: 12)
        still.rate = 1e-12
        still.patience = 2
        still.averaging = 0
        let outcome = try NoteTrainer(still).run(training: training, validation: validation)
        #expect(outcome.history.count < 12)
      }
    }

    @Test func checkpointsThatDoNotFitAreRefusedByName() throws {
      try inFolder {
        _ = try NoteTrainer(options(epochs: 1)).run(training: training, validation: validation)
        var resuming = options(epochs: 1)
        resuming.resumes = true
        var larger = resuming
        larger.model.hidden = [20, 20]
        let other = #expect(throws: TrainingError.self) {
          try NoteTrainer(larger).run(training: training, validation: validation)
        }
        #expect(
          other?.description.contains("with other options: its hidden size is [16, 16], not [20, 20]; give") == true)
        var otherKind = resuming
        otherKind.model = NoteFixtures.model(.transformer)
        let kind = #expect(throws: TrainingError.self) {
          try NoteTrainer(otherKind).run(training: training, validation: validation)
        }
        #expect(kind?.description.contains("its kind is lstm, not transformer") == true)
        let data = #expect(throws: TrainingError.self) {
          try NoteTrainer(resuming).run(training: Array(training.dropLast()), validation: validation)
        }
        #expect(data?.description.contains("its training part is 40 sequences of 2400 notes") == true)
        let checkpoint = folder.appending(path: "model.checkpoint.pt")
        try Data(contentsOf: checkpoint).prefix(3000).write(to: checkpoint)
        let cut = #expect(throws: TrainingError.self) {
          try NoteTrainer(resuming).run(training: training, validation: validation)
        }
        #expect(cut?.description.hasSuffix("delete it and train without --resume.") == true)
        resuming.checkpoint = folder.appending(path: "nothing.pt")
        #expect(throws: TrainingError.self) {
          try NoteTrainer(resuming).run(training: training, validation: validation)
        }
      }
    }

    @Test func impossibleOptionsAreRefusedInASentence() throws {
      for change in [
        { $0.epochs = 0 }, { $0.batch = 0 }, { $0.window = 0 }, { $0.rate = 0 }, { $0.clipping = 0 },
        { $0.patience = 0 }, { $0.augmentation.hiddenScales = 2 }, { $0.model.hidden = [] }, { $0.model.hidden = [0] },
        { $0.model.hidden = [16, 32] }, { $0.model.heads = 3 }, { $0.checkpointMinutes = 0 },
        { $0.model.dropout = 1 }, { $0.sequenceLimit = 0 },
      ] as [(inout NoteTrainingOptions) -> Void] {
        var wrong = options(epochs: 1)
        change(&wrong)
        #expect(throws: TrainingError.self) {
          try NoteTrainer(wrong).run(training: training, validation: validation)
        }
      }
      #expect(throws: TrainingError.self) { try NoteTrainer(options(epochs: 1)).run(training: [], validation: []) }
      var nowhere = options(epochs: 1)
      nowhere.checkpoint = nil
      for path in ["/proc/model.safetensors", "/dev/null/model.safetensors", "/tmp"] {
        nowhere.output = URL(fileURLWithPath: path)
        #expect(throws: TrainingError.self) {
          try NoteTraining.run(nowhere, training: NoteSource(training), validation: NoteSource(validation))
        }
      }
    }
  }
}
