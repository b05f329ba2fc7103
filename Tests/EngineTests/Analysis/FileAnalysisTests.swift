// FileAnalysis: a file through the chain, with a stand-in for the model.
import Foundation
import Music
import Testing

@testable import Engine

@Suite struct FileAnalysisTests {
  let folder: AnalysisFolder
  init() throws { folder = try AnalysisFolder() }

  /// Says D dorian while something sounds, no scale otherwise; the whole is D dorian when any step sounds.
  private func listener() -> FileAnalysis {
    FileAnalysis(
      chain: FileAnalysis.Chain(
        reset: {}, detect: { ScaleBelief(scale: $0.isActive ? dDorian : nil, confidence: 0.5) },
        whole: { history in
          let scales: [Scale?] = history.count > 0 ? [dDorian, aMinor, nil] : [nil, dDorian, aMinor]
          return zip(scales, [0.7, 0.2, 0.1]).map { ScaleBelief(scale: $0, confidence: $1) }
        }, naming: .families))
  }

  @Test func aToneBetweenSilencesIsASegmentAtItsPlace() throws {
    let silence = [Float](repeating: 0, count: 44_100 * 2)
    let path = try folder.wav("tone.wav", silence + sine(440, seconds: 6) + silence)
    var analysis = listener()
    let result = try analysis.analyze(path: path)
    #expect(result.file == path && abs(result.duration - 10) < 1e-9)
    #expect(result.whole == ScaleBelief(scale: dDorian, confidence: 0.7))
    #expect(result.alternatives.map(\.scale) == [aMinor, nil])
    try #require(result.segments.count == 3)
    #expect(result.segments.map(\.scale) == [nil, dDorian, nil])
    #expect(result.segments[0].start == 0 && result.segments[2].end == result.duration)
    #expect(abs(result.segments[1].start - 2) < 0.1 && abs(result.segments[1].end - 8) < 0.5)
    #expect(abs(result.levelDB - (-9.03 - 2.22)) < 0.1)
    #expect(result.steps.isEmpty && result.warnings.isEmpty)
  }

  @Test func firstHearsOnlyTheBeginning() throws {
    var analysis = listener()
    analysis.options.first = 1.5
    analysis.options.keepsSteps = true
    let result = try analysis.analyze(path: try folder.wav("six.wav", sine(440, seconds: 6)))
    #expect(abs(result.duration - 1.5) < 1e-4 && result.segments.last?.end == result.duration)
    #expect(result.steps.count == 8)
    let last = try #require(result.steps.last)
    let loudest = (0..<12).max { last.chroma[$0] < last.chroma[$1] }
    #expect(loudest == 9)
  }

  @Test func theTuningOfTheFileIsFound() throws {
    var analysis = listener()
    let path = try folder.wav("sharp.wav", sine(440 * pow(2, 20.0 / 1200), seconds: 8))
    let cents = try analysis.analyze(path: path).tuningCents
    #expect(abs(cents - 20) < 5, "\(cents) cents")
  }

  @Test func aFileShorterThanAHopIsSilenceWithoutSegments() throws {
    var analysis = listener()
    let result = try analysis.analyze(path: try folder.wav("short.wav", sine(440, seconds: 0.01)))
    #expect(result.segments.isEmpty && result.whole.scale == nil && result.levelDB == -120)
    #expect(try JSONSerialization.jsonObject(with: Data(result.json.utf8)) is [String: Any])
  }

  @Test func filesFollowEachOtherWithoutTraces() throws {
    var analysis = listener()
    let path = try folder.wav("a.wav", sine(330, seconds: 2))
    let first = try analysis.analyze(path: path).json
    _ = try analysis.analyze(path: try folder.wav("b.wav", sine(97, seconds: 1, rate: 8000), rate: 8000))
    #expect(try analysis.analyze(path: path).json == first)
  }

  @Test func aBadFileIsOneSentence() throws {
    var analysis = listener()
    let path = folder.path("none.wav")
    #expect {
      _ = try analysis.analyze(path: path)
    } throws: {
      "\($0)" == "\(path): there is no such file; check the name."
    }
  }

  @Test func timingsAddUp() throws {
    var analysis = listener()
    _ = try analysis.analyze(path: try folder.wav("t.wav", sine(440, seconds: 2)))
    let cost = analysis.timings
    #expect(cost.chroma > 0 && cost.decode > 0)
    #expect(abs(cost.total - (cost.decode + cost.chroma + cost.detector + cost.whole)) < 1e-12)
    #expect(try JSONSerialization.jsonObject(with: Data(cost.json(audio: 2).utf8)) is [String: Any])
  }
}
