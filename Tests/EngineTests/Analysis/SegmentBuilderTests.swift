// Segments: equal neighbours join, nothing is lost and nothing overlaps.
import Testing

@testable import Engine

@Suite struct SegmentBuilderTests {
  @Test func equalNeighboursJoinAndConfidenceIsTheirMean() {
    var builder = SegmentBuilder()
    builder.add(scale: nil, confidence: 1, from: 0, to: 1)
    builder.add(scale: dDorian, confidence: 0.5, from: 1, to: 2)
    builder.add(scale: dDorian, confidence: 1, from: 2, to: 3)
    builder.add(scale: aMinor, confidence: 0.25, from: 3, to: 4)
    #expect(
      builder.finish(at: 4.3) == [
        ScaleSegment(start: 0, end: 1, scale: nil, confidence: 1),
        ScaleSegment(start: 1, end: 3, scale: dDorian, confidence: 0.75),
        ScaleSegment(start: 3, end: 4.3, scale: aMinor, confidence: 0.25),
      ])
  }

  @Test func noReadoutNoSegment() {
    var builder = SegmentBuilder()
    #expect(builder.finish(at: 0.01).isEmpty)
  }

  @Test func aConfidenceThatIsNoNumberCountsAsNone() {
    var builder = SegmentBuilder()
    builder.add(scale: nil, confidence: .nan, from: 0, to: 1)
    #expect(builder.finish(at: 1) == [ScaleSegment(start: 0, end: 1, scale: nil, confidence: 0)])
  }
}
