// Training learns, resumes exactly, and writes what it promises.
import Foundation
import Music
import ScaleDetector
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct Trainer {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "training-\(UUID().uuidString)")
    private let samples = SyntheticSamples.make(300, families: [.major, .minorPentatonic], negatives: true)

    private func options(epochs: Int) -> TrainingOptions {
      var options = TrainingOptions()
      (options.hidden, options.mixing, options.batch) = (8, 12, 16)
      options.families = [.major, .minorPentatonic]
      options.epochs = epochs
      options.averaging = 0.9
      options.rate = 5e-3
      options.output = folder.appending(path: "model.safetensors")
      return options
    }

    @Test func learnsAndWritesModelCardHistoryAndPictures() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      _ = try ScaleTraining.run(options(epochs: 12), samples: samples)
      let model = try ChromaLite(contentsOf: folder.appending(path: "model.safetensors"))
      let evaluation = try ScaleEvaluation(model: model, samples: samples)
      #expect(try #require(evaluation.share("exact")) > 0.8, "chance is 4 %")
      #expect(evaluation.calibrationError < 0.35)
      #expect(evaluation.text.contains("expected calibration error"))
      #expect(try evaluation.json().hasPrefix("{"))
      let card = try String(contentsOf: folder.appending(path: "model.md"), encoding: .utf8)
      #expect(card.contains("| seed | 1 |"))
      let history = try String(contentsOf: folder.appending(path: "model-history.csv"), encoding: .utf8)
      #expect(history.split(separator: "\n").count == 13)
    }

    @Test func resumedTrainingContinuesExactly() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let whole = try ChromaLiteTrainer(options(epochs: 4), samples: samples)
      _ = try whole.run()
      // The same four epochs, interrupted after the second.
      let interrupted = try ChromaLiteTrainer(options(epochs: 4), samples: samples)
      try interrupted.run(until: 2)
      try TorchRuntime.seed(99)
      var resuming = options(epochs: 4)
      resuming.resumes = true
      let resumed = try ChromaLiteTrainer(resuming, samples: samples)
      _ = try resumed.run()
      #expect(whole.history.map(\.trainLoss) == resumed.history.map(\.trainLoss))
      #expect(whole.history.map(\.validationLoss) == resumed.history.map(\.validationLoss))
      #expect(whole.history.count == 4)
    }

    @Test func checkpointsThatDoNotFitAreRefusedByName() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      _ = try ChromaLiteTrainer(options(epochs: 1), samples: samples).run()
      var resuming = options(epochs: 1)
      resuming.resumes = true
      var larger = resuming
      larger.hidden = 10
      let other = #expect(throws: TrainingError.self) { try ChromaLiteTrainer(larger, samples: samples) }
      #expect(other?.description.contains("model.checkpoint.pt belongs to a training with other options") == true)
      let checkpoint = folder.appending(path: "model.checkpoint.pt")
      try Data(contentsOf: checkpoint).prefix(3000).write(to: checkpoint)
      let cut = #expect(throws: TrainingError.self) { try ChromaLiteTrainer(resuming, samples: samples) }
      #expect(cut?.description.hasSuffix("delete it and train without --resume.") == true)
    }

    @Test func anOutputThatCannotBeWrittenIsFoundBeforeTraining() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appending(path: "file")
      try Data("x".utf8).write(to: file)
      let forbidden = URL(fileURLWithPath: "/proc/model.safetensors")
      for output in [folder, file.appending(path: "model.safetensors"), forbidden] {
        var options = options(epochs: 1)
        options.output = output
        #expect(throws: TrainingError.self) { try ScaleTraining.run(options, samples: samples) }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }

    @Test func anExampleMayHaveSeveralRightClasses() throws {
      let logits = try Tensor([1, 2, 3, 0] as [Float], shape: [1, 4])
      let targets = try Tensor([0, -1e9, 0, -1e9] as [Float], shape: [1, 4])
      let wanted = -log((exp(1.0) + exp(3.0)) / (exp(1.0) + exp(2.0) + exp(3.0) + 1))
      #expect(abs(try ScaleLoss.surprise(logits: logits, targets: targets).item() - wanted) < 1e-6)
    }

    @Test func impossibleOptionsAreRefusedInASentence() throws {
      var wrong = options(epochs: 1)
      wrong.bands = 2
      #expect(throws: TrainingError.self) { try ChromaLiteTrainer(wrong, samples: samples) }
      wrong.bands = 3
      wrong.patience = 0
      #expect(throws: TrainingError.self) { try ChromaLiteTrainer(wrong, samples: samples) }
      var resuming = options(epochs: 1)
      resuming.resumes = true
      resuming.output = folder.appending(path: "nothing.safetensors")
      #expect(throws: TrainingError.self) { try ChromaLiteTrainer(resuming, samples: samples) }
      var locrian = options(epochs: 1)
      locrian.families = [.locrian]
      locrian.hasNone = false
      #expect(throws: TrainingError.self) { try ChromaLiteTrainer(locrian, samples: samples) }
    }
  }
}
