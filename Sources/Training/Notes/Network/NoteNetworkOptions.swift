// The shape of a note network.

/// What a note network hears, predicts and how large it is.
struct NoteNetworkOptions: Equatable, Sendable {
  /// Width of the sum of embeddings that the first layer reads.
  var embedding = 128
  /// Units of each LSTM layer.
  var hidden = 256
  /// LSTM layers.
  var layers = 2
  /// Units between the top layer and the scores of the pitches, durations and velocities.
  var pitchHidden = 192
  var durationHidden = 128
  var velocityHidden = 64
  /// Share of the values dropped after the embeddings, between the layers and after the top layer in training.
  var embeddingDropout = 0.1
  var layerDropout = 0.2
  var topDropout = 0.2
  /// What it hears of each note.
  var inputs = Set(NoteAttribute.allCases)
  /// What it predicts of the next note, each given those before it.
  var outputs = Set(NoteAttribute.allCases)
  /// Whether it is told the scale.
  var scaleInput = true
  /// Composers or genres of which it is told one, or none.
  var conditions = 0

  /// Whether it is the model that ships, apart from its size: hears and predicts all, and is told the scale alone.
  var isComplete: Bool {
    inputs.count == NoteAttribute.allCases.count && outputs.count == inputs.count && scaleInput && conditions == 0
  }

  /// Units of the hidden layer before the scores of an attribute; 0 for intervals, which have none.
  func headSize(_ attribute: NoteAttribute) -> Int {
    switch attribute {
    case .interval: 0
    case .pitch: pitchHidden
    case .duration: durationHidden
    case .velocity: velocityHidden
    }
  }

  /// Throws a sentence for a shape that cannot work.
  func validate() throws(TrainingError) {
    for (name, size) in [
      ("embedding", embedding), ("hidden", hidden), ("pitch hidden", pitchHidden),
      ("duration hidden", durationHidden), ("velocity hidden", velocityHidden),
    ] where !(1...4096).contains(size) {
      throw TrainingError("The \(name) size is \(size); give a number from 1 to 4096.")
    }
    let most = NoteModelOptions.mostConditions
    guard (0...most).contains(conditions) else {
      throw TrainingError("The network would be told one of \(conditions) composers or genres; \(most) are the most.")
    }
    guard (1...8).contains(layers) else {
      throw TrainingError("The number of layers is \(layers); give a number from 1 to 8.")
    }
    for (name, share) in [("embedding", embeddingDropout), ("layer", layerDropout), ("top", topDropout)]
    where !(0..<1).contains(share) {
      throw TrainingError("The \(name) dropout is \(share); give a share from 0 to below 1.")
    }
    guard !inputs.isEmpty, !outputs.isEmpty else {
      throw TrainingError("The note network hears or predicts nothing; name at least one attribute of each.")
    }
  }
}
