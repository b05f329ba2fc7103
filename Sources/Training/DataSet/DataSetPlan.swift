// Which sample stands at which index: the fixed schedule of a data set.
import Music

/// What one sample is to hold. Which notes, instruments and damages it gets is drawn later from (seed, index).
struct PlannedSample: Equatable {
  enum Content: Equatable {
    /// A piece by its place in the library's list.
    case piece(Int)
    case improvisation(tonic: Int, family: ScaleFamily)
    /// The n-th negative of the plan.
    case negative(Int)
    /// A class of the seed preset, 0..<24.
    case seed(Int)
  }

  var content: Content
  var condition: Example.Condition
  var split: Split
}

/// The schedule: blocks of twenty samples, eleven from pieces, seven improvised, two negatives.
///
/// Pieces come in an order shuffled by the seed. In training each piece comes once in one condition and, a round later,
/// once in the other; in the test set both conditions of a piece follow each other. Any prefix is a fair sample.
struct DataSetPlan {
  private enum Layout { case music, seed }
  private static let pieceSlots = 11
  private static let improvisationSlots = 7
  private static let negativeSlots = 2
  private static let block = pieceSlots + improvisationSlots + negativeSlots

  private let layout: Layout
  private let order: [Int]
  private let splits: [Split]
  private let isTest: Bool
  /// Samples when no count is asked for: every piece in both conditions.
  let defaultCount: Int

  /// The plan of the seed preset.
  static func seed() -> DataSetPlan {
    DataSetPlan(layout: .seed, order: [], splits: [], isTest: false, defaultCount: SeedPreset.count)
  }

  /// A plan over pieces.
  ///
  /// - Parameters:
  ///   - splits: the split of each piece of the library.
  ///   - weights: how often each piece comes in a round of the training set; the test set has each once.
  ///   - isTest: only test pieces, as the test set lists them; otherwise training and validation pieces.
  static func music(splits: [Split], weights: [Int], isTest: Bool, seed: UInt64) -> DataSetPlan {
    var generator = SplitMix64(seed: seed, index: .max)
    let order = splits.indices.filter { (splits[$0] == .test) == isTest }
      .flatMap { [Int](repeating: $0, count: isTest ? 1 : weights[$0]) }
      .shuffled(using: &generator)
    let blocks = (order.count * 2 + pieceSlots - 1) / pieceSlots
    return DataSetPlan(layout: .music, order: order, splits: splits, isTest: isTest, defaultCount: blocks * block)
  }

  /// True when there is a piece to plan with.
  var hasPieces: Bool { !order.isEmpty }

  /// What stands at `index` ≥ 0; indexes beyond `defaultCount` go on with further rounds.
  func sample(_ index: Int) -> PlannedSample {
    if layout == .seed {
      let position = (index / 24) % 10
      return PlannedSample(
        content: .seed(index % 24), condition: .clean,
        split: position == 8 ? .validation : position == 9 ? .test : .train)
    }
    let (block, slot) = (index / Self.block, index % Self.block)
    // Spread the kinds over the block, so that short prefixes hold them all.
    let place = (slot * 7) % Self.block
    if place < Self.pieceSlots { return piece(block * Self.pieceSlots + place) }
    if place < Self.pieceSlots + Self.improvisationSlots {
      return improvisation(block * Self.improvisationSlots + place - Self.pieceSlots)
    }
    let ordinal = block * Self.negativeSlots + place - Self.pieceSlots - Self.improvisationSlots
    return PlannedSample(
      content: .negative(ordinal), condition: ordinal % 2 == 0 ? .clean : .hard, split: generated(ordinal))
  }

  private func piece(_ ordinal: Int) -> PlannedSample {
    guard !order.isEmpty else { return improvisation(ordinal) }
    let place = isTest ? (ordinal / 2) % order.count : ordinal % order.count
    let round = ordinal / order.count
    let isHard = isTest ? ordinal % 2 == 1 : (place + round) % 2 == 1
    return PlannedSample(
      content: .piece(order[place]), condition: isHard ? .hard : .clean, split: splits[order[place]])
  }

  private func improvisation(_ ordinal: Int) -> PlannedSample {
    let families = ScaleFamily.allCases
    let family = ordinal % families.count
    let cycle = ordinal / families.count
    return PlannedSample(
      content: .improvisation(tonic: (cycle * 7 + family * 5) % 12, family: families[family]),
      condition: (cycle + cycle / 12 + family) % 2 == 0 ? .clean : .hard, split: generated(ordinal))
  }

  /// One generated sample in ten is for validation.
  private func generated(_ ordinal: Int) -> Split {
    isTest ? .test : ordinal % 10 == 9 ? .validation : .train
  }
}
