// The answer for the whole: windows and pooling.
import Testing

@testable import Engine

@Suite struct WholeScaleTests {
  @Test func windowsCoverAllStepsAndEndTogetherWithTheFile() {
    for count in [1, 10, 161, 162, 200, 1000, 5000] {
      let windows = WholeScale.windows(count: count, stepRate: 5.383)
      #expect(windows.first?.lowerBound == 0 && windows.last?.upperBound == count)
      for (left, right) in zip(windows, windows.dropFirst()) {
        #expect(right.lowerBound > left.lowerBound && right.lowerBound < left.upperBound)
      }
      #expect(windows.allSatisfy { $0.count == min(count, 161) })
    }
    #expect(WholeScale.windows(count: 0, stepRate: 5.383).isEmpty)
  }

  @Test func poolingMultipliesAndNormalises() {
    let pooled = WholeScale.pool([[0.8, 0.2], [0.5, 0.5]])
    #expect(abs(pooled.reduce(0, +) - 1) < 1e-12)
    #expect(abs(pooled[0] / pooled[1] - 2) < 1e-5)
  }

  @Test func silentStepsAreNoEvidence() {
    var history = StepHistory(width: 2, stepRate: 5)
    history.append([0, 0])
    history.append([0, 1])
    history.append([1])
    #expect(history.count == 1 && history.values == [0, 1])
  }

  @Test func zerosAndNaNStayFinite() {
    let pooled = WholeScale.pool([[0, 1], [1, 0], [.nan, .nan]])
    #expect(pooled.allSatisfy(\.isFinite) && abs(pooled[0] - 0.5) < 1e-6)
    #expect(WholeScale.pool([]).isEmpty)
  }
}
