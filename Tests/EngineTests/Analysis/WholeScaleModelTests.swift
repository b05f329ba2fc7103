// The answer for the whole through a real, small network: one pass must say what separate windows say.
import Foundation
import Music
import ScaleDetector
import Testing

@testable import Engine

@Suite struct WholeScaleModelTests {
  let model: ChromaLite
  init() throws {
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../NeuralTests/Golden/chromalite-3.safetensors").standardizedFileURL
    model = try ChromaLite(contentsOf: golden)
  }

  /// Repeatable features that change slowly, so that windows differ.
  private func history(steps: Int) -> StepHistory {
    var history = StepHistory(width: ChromaLite.featureCount, stepRate: 5.383)
    for step in 0..<steps {
      history.append((0..<ChromaLite.featureCount).map { Float(1 + sin(Double($0 * $0) + Double(step) / 40)) })
    }
    return history
  }

  @Test func aShortHistoryIsAnsweredAsTheClassifierDoes() throws {
    let history = history(steps: 100)
    let beliefs = WholeScale.whole(history, model: model, classes: .all)
    let expected = model.classify(history: history.values)
    let best = try #require(expected.top(1).first)
    #expect(beliefs.count == FileAnalysis.alternatives + 1)
    #expect(beliefs[0].scale == best.scale && abs(beliefs[0].confidence - Double(best.probability)) < 1e-5)
    #expect(zip(beliefs, beliefs.dropFirst()).allSatisfy { $0.confidence >= $1.confidence })
  }

  @Test func onePassSaysWhatSeparateWindowsSay() throws {
    let history = history(steps: 400)
    let windows = WholeScale.windows(count: 400, stepRate: history.stepRate)
    try #require(windows.count > 2)
    let separate = windows.map { window in
      model.classify(history: Array(history.values.prefix(window.upperBound * history.width))).probabilities
    }
    let pooled = WholeScale.pool(separate)
    let beliefs = WholeScale.whole(history, model: model, classes: .all)
    #expect(abs(beliefs[0].confidence - (pooled.max() ?? 0)) < 1e-6)
  }

  @Test func keysAreMajorMinorOrNone() {
    let beliefs = WholeScale.whole(history(steps: 50), model: model, classes: .majorMinor)
    #expect(beliefs.count == FileAnalysis.alternatives + 1)
    #expect(beliefs.allSatisfy { $0.scale.map { [.major, .naturalMinor].contains($0.family) } ?? true })
  }

  @Test func silenceIsNoScaleForCertain() {
    let beliefs = WholeScale.whole(history(steps: 0), model: model, classes: .all)
    #expect(beliefs == [ScaleBelief(scale: nil, confidence: 1)])
  }

  @Test func aSilentFileThroughTheLiveChainIsNoScaleThroughout() throws {
    let folder = try AnalysisFolder()
    var analysis = FileAnalysis(model: model)
    let result = try analysis.analyze(path: try folder.wav("silence.wav", [Float](repeating: 0, count: 132_300)))
    #expect(result.whole == ScaleBelief(scale: nil, confidence: 1) && result.alternatives.isEmpty)
    #expect(result.segments.map(\.scale) == [nil] && result.segments[0].end == 3)
  }
}
