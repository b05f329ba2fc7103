// The improviser with the note model and the memories.

extension Improviser {
  /// An improviser that answers from a network, a memory of the player and, if there is one, a memory of a corpus.
  ///
  /// - Parameters:
  ///   - model: The network; shared.
  ///   - longTerm: N-grams of a corpus, usually from the same file; shared.
  ///   - seed: The same seed gives the same answers.
  ///   - thesaurus: What the rule "morph" needs; shared.
  public convenience init(
    model: NoteModel, longTerm: LongTermMemory? = nil, settings: AnswerSettings = AnswerSettings(), seed: UInt64 = 0,
    thesaurus: ThesaurusModel? = nil
  ) {
    self.init(
      prediction: NotePredictor(model: model, longTerm: longTerm, memoryShare: settings.memory), settings: settings,
      seed: seed, thesaurus: thesaurus)
  }
}
