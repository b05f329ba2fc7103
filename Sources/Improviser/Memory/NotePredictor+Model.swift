// The mixture around the note model.

extension NoteModelState: EventDistribution {
  func copyState(from other: any EventDistribution) {
    guard let other = other as? NoteModelState, other.model === model else { return }
    copy(from: other)
  }
}

extension NotePredictor {
  /// A predictor at the beginning of a piece that knows nothing of the player.
  /// - Parameters:
  ///   - model: the network; shared.
  ///   - longTerm: n-grams of a corpus, usually from the same file; shared.
  ///   - memoryShare: see `memoryShare`.
  public convenience init(model: NoteModel, longTerm: LongTermMemory? = nil, memoryShare: Double = 0.5) {
    self.init(
      network: NoteModelState(model), spare: NoteModelState(model), longTerm: longTerm, memoryShare: memoryShare)
  }
}
