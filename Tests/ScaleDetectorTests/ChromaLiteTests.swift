// ChromaLite against numpy, its equivariance, and the agreement of its step-wise and batch forms.
import Foundation
import Music
import Neural
import Testing

@testable import ScaleDetector

private func difference(_ left: [Float], _ right: [Float]) -> Float {
  left.count == right.count ? zip(left, right).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

struct ChromaLiteTests {
  @Test(arguments: [3, 1], [1, 3, 12, 30, 70])
  func agreesWithNumpy(bands: Int, steps: Int) throws {
    let expected = try golden("chromalite-posteriors.safetensors")
    let history = Array(try expected.floats("history", shape: [70, 3, 12])[..<(steps * 36)])
    let available = KernelInstructions.allCases.filter { $0.rawValue <= KernelInstructions.best.rawValue }
    for instructions in available {
      let model = try ChromaLite(golden("chromalite-\(bands).safetensors"), instructions: instructions)
      let posterior = model.classify(history: history)
      let classes = bands == 3 ? 61 : 60
      #expect(posterior.hasNone == (bands == 3))
      let reference = try expected.floats("posterior-\(bands).\(steps)", shape: [classes])
      #expect(difference(posterior.probabilities, reference) < 1e-5)
    }
  }

  @Test(arguments: [1, 4, 5, 6, 160, 161, 162, 400])
  func stepsAndBatchGiveTheSameBits(steps: Int) throws {
    let model = try ChromaLite(data: ModelFixture(hidden: 32, mixing: 48, families: ScaleFamily.allCases).data())
    let history = randomHistory(steps: steps)
    let stream = ChromaLiteStream(model: model)
    // A stream that has heard something else, was asked in between and was reset.
    stream.feed(randomHistory(steps: 37, seed: 9))
    stream.reset()
    for start in stride(from: 0, to: history.count, by: 36) {
      stream.feed(Array(history[start..<start + 36]))
      if start % 180 == 0 { _ = stream.posterior(last: 3) }
    }
    #expect(stream.count == min(steps, 161))
    #expect(stream.posterior() == model.classify(history: history))
  }

  @Test(arguments: [3, 1])
  func rotatedInputRotatesThePosterior(bands: Int) throws {
    let model = try ChromaLite(golden("chromalite-\(bands).safetensors"))
    let history = randomHistory(steps: 30)
    let original = model.classify(history: history)
    for semitones in 1..<12 {
      var rotated = history
      for row in 0..<history.count / 12 {
        for pitchClass in 0..<12 { rotated[row * 12 + (pitchClass + semitones) % 12] = history[row * 12 + pitchClass] }
      }
      let posterior = model.classify(history: rotated)
      var expected = original.probabilities
      for family in 0..<model.families.count {
        for tonic in 0..<12 {
          expected[family * 12 + (tonic + semitones) % 12] = original.probabilities[family * 12 + tonic]
        }
      }
      #expect(difference(posterior.probabilities, expected) < 1e-6)
    }
    #expect(original.probabilities.max()! - original.probabilities.min()! > 0.01)
  }

  @Test func forgettingEqualsAskingForTheLastSteps() throws {
    let model = try ChromaLite(golden("chromalite-3.safetensors"))
    let stream = ChromaLiteStream(model: model)
    stream.feed(randomHistory(steps: 57))
    let whole = stream.posterior()
    let last = stream.posterior(last: 8)
    #expect(last != whole)
    #expect(stream.posterior() == whole)
    #expect(stream.posterior(last: 1000) == whole)
    #expect(stream.posterior(last: 0) == stream.posterior(last: 1))
    stream.forget(keep: 8)
    #expect(stream.count == 8)
    #expect(stream.posterior() == last)
    stream.feed(randomHistory(steps: 40, seed: 5))
    #expect(stream.count == 40)
  }

  @Test func withoutStepsItKnowsNothing() throws {
    let none = try ChromaLite(golden("chromalite-3.safetensors")).classify(history: [])
    #expect(none.none == 1)
    let uniform = try ChromaLite(golden("chromalite-1.safetensors")).classify(history: [])
    #expect(uniform.none == 0)
    #expect(abs(uniform.probabilities.reduce(0, +) - 1) < 1e-5)
  }

  @Test(arguments: ["chromalite-1.safetensors", "chromalite-3.safetensors"], [Float.nan, .infinity, -1e30, 1e30])
  func neverGivesANumberThatIsNotFinite(name: String, value: Float) throws {
    let stream = ChromaLiteStream(model: try ChromaLite(golden(name)))
    stream.feed(randomHistory(steps: 3) + [Float](repeating: value, count: 36))
    #expect(stream.posterior().probabilities.allSatisfy { $0.isFinite })
  }

  @Test func halfPrecisionIsWidened() throws {
    let fixture = ModelFixture(hidden: 4, mixing: 4, families: [.major, .dorian])
    let full = try ChromaLite(data: fixture.data())
    let half = try ChromaLite(data: fixture.data(as: .float16))
    let history = randomHistory(steps: 20)
    let (left, right) = (full.classify(history: history), half.classify(history: history))
    #expect(left != right)
    #expect(difference(left.probabilities, right.probabilities) < 1e-2)
    #expect(full.parameterCount == 4 * (36 + 1) + 4 * 49 + 4 * (17 * 12 + 1) + 4 * 49 + 2 * 5 + 5)
  }
}
