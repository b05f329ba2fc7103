// A training learns, goes on where it stopped, and says what is wrong.
import Foundation
import Improviser
import Music
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite final class ThesaurusTrainings {
    private let folder: URL
    private let few = stride(from: 5, to: 31_954, by: 800).map { PatternList.all.patterns[$0] }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "thesaurus-training-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func options(_ name: String, epochs: Int = 6) -> ThesaurusTrainingOptions {
      var options = ThesaurusTrainingOptions()
      (options.latent, options.hidden, options.epochs, options.batch) = (12, 32, epochs, 16)
      (options.isQuiet, options.seed) = (true, 9)
      options.output = folder.appending(path: name + ".safetensors")
      return options
    }

    private func train(
      _ options: ThesaurusTrainingOptions, isInterrupted: () -> Bool = { false }
    ) throws -> ThesaurusFigures {
      try ThesaurusTraining.run(
        options, training: few, validation: few, samples: 50, isInterrupted: isInterrupted)
    }

    private func sentence(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch {
        return "\(error)"
      }
    }

    @Test func aSmallSetIsLearntByHeart() throws {
      var options = options("heart", epochs: 400)
      (options.hidden, options.beta, options.rate, options.balance) = (64, 0.001, 3e-3, 0)
      let figures = try train(options)
      #expect(figures.reconstruction == 1)
      // What is read from the file recites them too.
      let decoder = PatternDecoder(model: try ThesaurusModel(contentsOf: options.output))
      let recited = few.filter { decoder.decode(decoder.model.encode($0).mean) == $0 }
      #expect(recited.count == few.count)
      #expect(decoder.model.metadata["figures"]?.contains("exact reconstruction 100.0 %") == true)
      let card = try String(contentsOf: folder.appending(path: "heart.md"), encoding: .utf8)
      let hasFigure = card.contains("| decoded from their mean without a fault | 100.0 % |")
      #expect(hasFigure)
    }

    /// Stopped within a pass, before and after vectors of the prior have joined.
    @Test(arguments: [2, 13]) func aTrainingGoesOnAsIfItHadNeverStopped(steps: Int) throws {
      _ = try train(options("whole"))
      var options = options("parts")
      var taken = 0
      let stopped = sentence {
        _ = try train(options) {
          taken += 1
          return taken == steps
        }
      }
      #expect(stopped.contains("go on with --resume"))
      #expect(!FileManager.default.fileExists(atPath: options.output.path))
      options.resumes = true
      _ = try train(options)
      let whole = try Data(contentsOf: folder.appending(path: "whole.safetensors"))
      let isSame = try Data(contentsOf: options.output) == whole
      #expect(isSame)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(!names.contains { $0.hasSuffix(".part") || $0.hasSuffix(".trial") })
    }

    @Test func aCheckpointOfAnotherTrainingIsRefused() throws {
      _ = try train(options("one", epochs: 1))
      var other = options("one", epochs: 1)
      (other.resumes, other.beta) = (true, 0.7)
      #expect(sentence { _ = try train(other) }.contains("its beta is 0.15, not 0.7"))
      other.checkpoint = folder.appending(path: "none.pt")
      #expect(sentence { _ = try train(other) }.contains("There is no checkpoint"))
      let text = folder.appending(path: "text.pt")
      try Data("text".utf8).write(to: text)
      other.checkpoint = text
      #expect(sentence { _ = try train(other) }.contains("cannot be read as a checkpoint"))
    }

    @Test func impossibleOptionsAreRefused() {
      func complaint(_ change: (inout ThesaurusTrainingOptions) -> Void) -> String {
        var options = options("bad")
        change(&options)
        return sentence { _ = try train(options) }
      }
      #expect(complaint { $0.latent = 13 } == "--latent is 13; a latent vector has 12 or 16 numbers.")
      #expect(complaint { $0.hidden = 0 }.hasPrefix("--hidden is 0; give a whole number from 8"))
      #expect(complaint { $0.beta = .nan }.hasPrefix("--beta is nan; give a number from 0"))
      #expect(complaint { $0.balance = 2 }.hasPrefix("--balance is 2.0;"))
      #expect(complaint { $0.output = folder }.contains("is a folder"))
      #expect(complaint { $0.output = folder.appending(path: "x.md") }.contains("is the name of the card"))
      #expect(complaint { $0.checkpoint = $0.output }.contains("choose another --checkpoint"))
    }

    /// The counts that the card and the command print, for logits that are known: all zero, so that the first
    /// progression and its first place are the most probable, and no note is allowed without thought.
    @Test func figuresOfANetworkThatKnowsNothing() throws {
      let network = try ThesaurusNetwork(latent: 12, hidden: 8)
      for (_, tensor) in network.parameters { try tensor.blend(with: Tensor.zeros(tensor.shape)) }
      let figures = try withoutGradients { try ThesaurusFigures(of: network, at: few, samples: 20) }
      #expect(figures.validity == 0 && figures.reconstruction == 0 && figures.divergence == 0)
      #expect(figures.progressions == 1 && figures.largestProgression == 1)
    }
  }
}
