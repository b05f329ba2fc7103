// N-gram models of notes, to compare the network with.

import Improviser

/// One n-gram model of one attribute, learnt from training sequences; it answers with contexts of any order up to its
/// own. What is impossible within a chord is excluded as it is from the network.
struct NGramBaseline {
  /// What is counted: the pitches twice, as they are and as leaps, of which a reader takes the better.
  enum View: CaseIterable {
    case interval, pitch, leap, duration, velocity

    var attribute: NoteAttribute {
      switch self {
      case .interval: .interval
      case .pitch, .leap: .pitch
      case .duration: .duration
      case .velocity: .velocity
      }
    }
  }

  /// Symbols of the longest context: 5-grams and the class of the interval, where it is known.
  static let order = 5
  private static let widest = 64

  private let view: View
  private let model: NGramModel

  /// A model that has seen nothing.
  init(_ view: View) {
    self.view = view
    let symbols = view == .leap ? 2 * Self.widest + 1 : view.attribute.classCount
    model = NGramModel(symbolCount: symbols, order: Self.order)
  }

  /// Counts a sequence.
  func learn(_ events: [NoteEvent]) {
    visit(events) { symbol, context, _, _ in model.observe(symbol, in: context) }
  }

  /// Predicts a sequence with contexts of `orders`, and adds what came out to a score for each.
  func measure(_ events: [NoteEvent], orders: [Int], into scores: inout [PartScore]) {
    let classes = view.attribute.classCount
    var buffer = [Float](repeating: 0, count: max(classes, 2 * Self.widest + 1))
    var pitches = [Float](repeating: 0, count: NoteVocabulary.pitchCount)
    visit(events) { symbol, context, last, lowest in
      for (place, order) in orders.enumerated() {
        buffer.withUnsafeMutableBufferPointer { output in
          model.predict(in: context, upTo: order, into: output)
          guard view.attribute == .pitch || view.attribute == .duration else {
            return scores[place].add(UnsafeBufferPointer(rebasing: output[0..<classes]), target: symbol, view.attribute)
          }
          if view == .leap, let last {
            for pitch in pitches.indices { pitches[pitch] = output[Self.symbol(pitch - last)] }
          } else {
            for index in 0..<classes { pitches[index] = output[index] }
          }
          let target = view == .leap ? last.map { $0 + symbol - Self.widest } ?? symbol : symbol
          for index in 0..<lowest { pitches[index] = 0 }
          let sum = pitches[0..<classes].reduce(0, +)
          for index in 0..<classes { pitches[index] /= sum }
          pitches.withUnsafeBufferPointer {
            scores[place].add(UnsafeBufferPointer(rebasing: $0[0..<classes]), target: target, view.attribute)
          }
        }
      }
    }
    for place in scores.indices { for _ in events { scores[place].addNote() } }
  }

  /// Calls `body` for each symbol with its context, the pitch before and the lowest class that is possible.
  private func visit(
    _ events: [NoteEvent], _ body: (_ symbol: Int, _ context: NGramContext, _ last: Int?, _ lowest: Int) -> Void
  ) {
    var (times, notes) = (NGramContext(), NGramContext())
    var last: Int?
    for event in events {
      let interval = NoteVocabulary.intervalClass(ticks: event.interval)
      let duration = NoteVocabulary.durationClass(ticks: event.duration)
      let isInChord = interval == 0 && last != nil
      let own = notes.pushing(isInChord ? 1 : 0)
      switch view {
      case .interval: body(interval, times, last, 0)
      case .pitch: body(event.pitch, own, last, isInChord ? (last ?? -1) + 1 : 0)
      case .leap:
        // The first note has no leap and counts as foreseen, which is in the n-gram's favour.
        if let before = last {
          body(Self.symbol(event.pitch - before), own, last, isInChord ? before + 1 : 0)
        }
      case .duration: body(duration, times.pushing(interval), last, 1)
      case .velocity: body(NoteVocabulary.velocityClass(event.velocity), own, last, 0)
      }
      switch view {
      case .interval, .duration:
        times.push(interval)
        times.push(duration)
      case .pitch: notes.push(event.pitch)
      case .leap: if let last { notes.push(Self.symbol(event.pitch - last)) }
      case .velocity: notes.push(NoteVocabulary.velocityClass(event.velocity))
      }
      last = event.pitch
    }
    if view == .interval { body(NoteVocabulary.end, times, last, 0) }
  }

  private static func symbol(_ leap: Int) -> Int { min(max(leap, -widest), widest) + widest }
}
