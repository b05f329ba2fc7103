// The parts of a note event and who is asked about each.

/// A part of a note event, in the order of prediction.
enum NotePart: Int, CaseIterable, Sendable {
  case interval, pitch, duration, velocity

  /// Classes of the part.
  var classCount: Int {
    switch self {
    case .interval: NoteVocabulary.intervalCount
    case .pitch: NoteVocabulary.pitchCount
    case .duration: NoteVocabulary.timeCount
    case .velocity: NoteVocabulary.velocityCount
    }
  }

  /// The view whose matched context in the short-term memory selects the weights.
  var gate: MemoryView {
    switch self {
    case .interval: .interval
    case .pitch: .pitch
    case .duration: .duration
    case .velocity: .velocity
    }
  }

  /// The experts with their first weights. The corpus enters with little: the network learnt from the same music.
  var experts: [Expert] {
    let network = Expert(source: .network, weight: 0.5)
    func long(_ view: MemoryView, _ order: Int, _ weight: Float) -> Expert {
      Expert(source: .longTerm(view, order: order), weight: weight)
    }
    func short(_ view: MemoryView, _ order: Int, _ weight: Float) -> Expert {
      Expert(source: .shortTerm(view, order: order), weight: weight)
    }
    func recent(_ view: MemoryView, _ order: Int, _ weight: Float) -> Expert {
      Expert(source: .recent(view, order: order), weight: weight)
    }
    return switch self {
    case .interval:
      [
        network, long(.interval, 2, 0.005), long(.interval, 5, 0.01), short(.interval, 2, 0.06),
        short(.interval, 5, 0.12), recent(.interval, 2, 0.05), recent(.interval, 5, 0.15),
      ]
    case .pitch:
      [
        network, long(.pitch, 3, 0.005), long(.pitch, 5, 0.01), long(.leap, 3, 0.003), long(.leap, 4, 0.005),
        long(.leap, 5, 0.015), short(.pitch, 3, 0.02), short(.pitch, 5, 0.05), short(.leap, 4, 0.03),
        recent(.pitch, 3, 0.05), recent(.pitch, 5, 0.05),
      ]
    case .duration:
      [
        network, long(.duration, 2, 0.005), long(.duration, 5, 0.01), short(.duration, 2, 0.06),
        short(.duration, 5, 0.12), recent(.duration, 2, 0.05), recent(.duration, 5, 0.15),
      ]
    case .velocity: [network, short(.velocity, 1, 0.1), short(.velocity, 3, 0.15), recent(.velocity, 3, 0.25)]
    }
  }
}
