// The scale of a folk tune.

import Music

extension FolkTunes {
  /// Nil when the key field names no certain scale or the key changes.
  static func scale(of tune: ABCTune, notes: [Note]) -> Scale? {
    guard !tune.changesKey, let key = tune.key.flatMap(ABCKey.init) else { return nil }
    return Scale.best(tonic: key.tonic, of: families(of: key, notes: notes), for: notes)
  }
}

extension Scale {
  /// Of the families on a tonic, the one whose notes sound longest in a piece; the earlier of two that are equal.
  static func best(tonic: PitchClass, of families: [ScaleFamily], for notes: [Note]) -> Scale? {
    let sounding = LabelledPiece.sounding(notes, above: tonic)
    func coverage(_ family: ScaleFamily) -> Double { family.intervals.reduce(0) { $0 + sounding[$1] } }
    var best: ScaleFamily?
    for family in families where best.map({ coverage(family) > coverage($0) + 1e-9 }) ?? true { best = family }
    return best.map { Scale(tonic: tonic, family: $0) }
  }
}
