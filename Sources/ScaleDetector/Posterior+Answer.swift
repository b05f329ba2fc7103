// From probabilities to an answer.
import Music

extension Posterior {
  /// The class to name. There is no scale when that is more probable than every key: the families on one tonic with the
  /// same third share their evidence, and doubt among them is no doubt that a scale sounds. Otherwise the most probable
  /// scale; of equal ones the first.
  public var answer: Int {
    let scales = 0..<families.count * 12
    guard let best = scales.max(by: { probabilities[$0] < probabilities[$1] }) else { return 0 }
    return hasNone && none >= keys().max() ?? 0 ? scales.count : best
  }

  /// How far class `index` is ahead of class `other`: as scales among each other, and as keys against no scale.
  func lead(of index: Int, over other: Int) -> Float {
    let noScale = families.count * 12
    guard index == noScale || other == noScale else { return probabilities[index] - probabilities[other] }
    let keys = keys()
    func mass(_ index: Int) -> Float { index == noScale ? none : keys[key(of: index)] }
    return mass(index) - mass(other)
  }

  /// The answer, and behind it the most probable other scales: `count` classes at most, best first.
  public func top(_ count: Int) -> [Candidate] {
    let answer = answer
    let others = (0..<families.count * 12).filter { $0 != answer }.sorted { left, right in
      probabilities[left] != probabilities[right] ? probabilities[left] > probabilities[right] : left < right
    }
    return ([answer] + others).prefix(max(0, count)).map {
      Candidate(scale: scale(at: $0), probability: probabilities[$0])
    }
  }

  /// The 24 keys, major then minor: sums over the families whose third they have, each with a weight.
  func keys(weighing share: (ScaleFamily) -> Float = { _ in 1 }) -> [Float] {
    var sums = [Float](repeating: 0, count: 24)
    for index in 0..<families.count * 12 { sums[key(of: index)] += share(families[index / 12]) * probabilities[index] }
    return sums
  }

  private func key(of index: Int) -> Int { index % 12 + (families[index / 12].hasMinorThird ? 12 : 0) }
}
