// The schedule: every piece in both conditions, prefixes that hold all kinds, splits kept apart.
import Music
import Testing

@testable import Training

struct DataSetPlanTests {
  private let splits: [Split] = (0..<50).map { $0 % 10 == 8 ? .validation : $0 % 10 == 9 ? .test : .train }

  @Test func everyPieceOnceCleanAndOnceHard() {
    let plan = DataSetPlan.music(splits: splits, weights: splits.map { _ in 1 }, isTest: false, seed: 3)
    var heard: [Int: [Example.Condition]] = [:]
    for index in 0..<plan.defaultCount {
      let sample = plan.sample(index)
      guard case .piece(let piece) = sample.content else { continue }
      heard[piece, default: []].append(sample.condition)
      #expect(sample.split == splits[piece])
    }
    #expect(heard.keys.sorted() == (0..<50).filter { splits[$0] != .test })
    for conditions in heard.values { #expect(conditions.contains(.clean) && conditions.contains(.hard)) }
  }

  @Test func testPlanHoldsTestPiecesAlone() {
    let plan = DataSetPlan.music(splits: splits, weights: splits.map { _ in 1 }, isTest: true, seed: 3)
    var pieces: [Int: Set<Example.Condition>] = [:]
    for index in 0..<plan.defaultCount {
      let sample = plan.sample(index)
      #expect(sample.split == .test)
      if case .piece(let piece) = sample.content { pieces[piece, default: []].insert(sample.condition) }
    }
    #expect(pieces.keys.sorted() == [9, 19, 29, 39, 49])
    #expect(pieces.values.allSatisfy { $0.count == 2 })
  }

  @Test func sharesOfTheKinds() {
    let plan = DataSetPlan.music(splits: splits, weights: splits.map { _ in 1 }, isTest: false, seed: 3)
    var negatives = 0
    var scales: Set<Scale> = []
    for index in 0..<2000 {
      switch plan.sample(index).content {
      case .negative: negatives += 1
      case .improvisation(let tonic, let family):
        scales.insert(Scale(tonic: PitchClass(wrapping: tonic), family: family))
      default: break
      }
    }
    #expect(negatives == 200)
    #expect(scales.count == 17 * 12)
  }

  @Test func seedPlanGivesEachScaleAlike() {
    let plan = DataSetPlan.seed()
    var counts = [Int](repeating: 0, count: 24)
    var tested = [Int](repeating: 0, count: 24)
    for index in 0..<plan.defaultCount {
      let sample = plan.sample(index)
      guard case .seed(let label) = sample.content else { continue }
      counts[label] += 1
      if sample.split == .test { tested[label] += 1 }
    }
    #expect(counts.allSatisfy { $0 == 80 } && tested.allSatisfy { $0 == 8 })
  }

  @Test func shardsTileTheSet() {
    for total in [1, 7, 100, 1921] {
      let ranges = (1...7).map { ScaleDataSet.Shard(index: $0, count: 7).range(of: total) }
      #expect(ranges.flatMap(Array.init) == Array(0..<total))
    }
  }
}

struct ExcerptTests {
  private let tune = (0..<100).map { Note(pitch: 60 + $0 % 12, onset: Double($0) * 0.5, duration: 0.4375) }

  @Test func beginningIsUnchanged() {
    let excerpt = Excerpt.beginning(of: tune)
    #expect(excerpt.seconds == 30 && excerpt.transposition == 0)
    #expect(excerpt.notes == Array(tune.prefix(60)))
  }

  @Test func variedExcerptsStayInRange() {
    for index: UInt64 in 0..<200 {
      var generator = SplitMix64(seed: 1, index: index)
      let excerpt = Excerpt.varied(of: tune, using: &generator)
      #expect(excerpt.notes.allSatisfy { (28...108).contains($0.pitch) && $0.onset >= 0 && $0.onset < 30 })
      #expect(excerpt.seconds >= 9 && excerpt.seconds <= 30)
      #expect((-18...17).contains(excerpt.transposition))
    }
  }

  @Test func accompanimentStaysInTheScale() {
    var accompanied = 0
    for index: UInt64 in 0..<200 {
      var generator = SplitMix64(seed: 2, index: index)
      let scale = tune.filter { ScaleFamily.dorian.intervals.contains(($0.pitch - 62 + 12) % 12) }
      var excerpt = Excerpt.beginning(of: scale)
      excerpt.accompany(tonic: PitchClass(wrapping: 2), family: .dorian, using: &generator)
      if excerpt.notes.count > Excerpt.beginning(of: scale).notes.count { accompanied += 1 }
      #expect(excerpt.notes.allSatisfy { ScaleFamily.dorian.intervals.contains(($0.pitch - 2) % 12) })
    }
    #expect((25...80).contains(accompanied), "\(accompanied) of 200")
  }
}
