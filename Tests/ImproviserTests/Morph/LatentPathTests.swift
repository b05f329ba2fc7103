// Points between latent vectors.

import Improviser
import Testing

@Suite struct LatentPathTests {
  @Test(arguments: LatentPath.allCases)
  func beginsAndEndsAtTheVectors(path: LatentPath) {
    let (start, end): ([Float], [Float]) = ([1, -2, 0.5], [0, 3, 1])
    #expect(path.point(from: start, to: end, at: 0) == start)
    #expect(path.point(from: start, to: end, at: 1) == end)
  }

  @Test func straightLine() {
    #expect(LatentPath.linear.point(from: [0, 4], to: [2, 0], at: 0.25) == [0.5, 3])
  }

  /// A quarter circle from (2, 0) to (0, 2): the middle is (√2, √2).
  @Test func equalAngles() {
    let middle = LatentPath.spherical.point(from: [2, 0], to: [0, 2], at: 0.5)
    #expect(abs(middle[0] - 2.0.squareRoot().float) < 1e-6 && abs(middle[1] - 2.0.squareRoot().float) < 1e-6)
    let third = LatentPath.spherical.point(from: [2, 0], to: [0, 4], at: 1 / 3)
    #expect(abs((third[0] * third[0] + third[1] * third[1]).squareRoot() - 8 / 3) < 1e-5)
    #expect(abs(third[1] / third[0] - 0.57735) < 1e-4, "thirty degrees")
  }

  @Test(arguments: [[Float](repeating: 0, count: 2), [-1, 0], [3, 0]])
  func straightWhereTheAngleHasNoMeaning(end: [Float]) {
    #expect(LatentPath.spherical.point(from: [1, 0], to: end, at: 0.5) == [(1 + end[0]) / 2, 0])
  }
}

extension Double {
  fileprivate var float: Float { Float(self) }
}
