// What the tests of the memories share.

@testable import Improviser

/// Buffers for distributions.
func filled(_ count: Int, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
  var values = [Float](repeating: .nan, count: count)
  values.withUnsafeMutableBufferPointer { body($0) }
  return values
}

extension NGramModel {
  func distribution(in context: NGramContext, upTo order: Int? = nil) -> [Float] {
    filled(symbolCount) { predict(in: context, upTo: order, into: $0) }
  }

  /// Learns a sequence from its beginning and gives the context behind it.
  @discardableResult
  func learn(_ symbols: some Sequence<Int>) -> NGramContext {
    var context = NGramContext()
    for symbol in symbols {
      observe(symbol, in: context)
      context.push(symbol)
    }
    return context
  }
}

/// A context of these symbols, the newest last.
func context(_ symbols: [Int]) -> NGramContext {
  symbols.reduce(into: NGramContext()) { $0.push($1) }
}

func isNormalised(_ values: some Sequence<Float>) -> Bool {
  abs(values.reduce(0.0) { $0 + Double($1) } - 1) < 1e-5 && values.allSatisfy { $0 >= 0 && $0.isFinite }
}

/// A network that expects everything alike but what is impossible, and the end with a probability of its own.
final class FlatNetwork: EventDistribution {
  private let zeros = UnsafeMutableBufferPointer<Float>.allocate(capacity: 128)
  private var pitch: Int?
  var copies = 0

  init() { zeros.initialize(repeating: 0) }
  deinit { zeros.deallocate() }

  func reset(scale: ScaleCondition?) { pitch = nil }
  func advance(_ event: NoteEvent, scale: ScaleCondition?) { pitch = min(max(event.pitch, 0), 127) }
  func copyState(from other: any EventDistribution) {
    copies += 1
    pitch = (other as? FlatNetwork)?.pitch
  }
  func intervalLogits() -> UnsafeBufferPointer<Float> { first(NoteVocabulary.intervalCount) }
  func pitchLogits(interval: Int) -> UnsafeBufferPointer<Float> {
    let logits = first(NoteVocabulary.pitchCount)
    if interval == 0, let pitch { for index in 0...pitch { zeros[index] = -.infinity } }
    return logits
  }
  func durationLogits(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> {
    let logits = first(NoteVocabulary.timeCount)
    zeros[0] = -.infinity
    return logits
  }
  func velocityLogits(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> {
    first(NoteVocabulary.velocityCount)
  }

  private func first(_ count: Int) -> UnsafeBufferPointer<Float> {
    zeros.update(repeating: 0)
    return UnsafeBufferPointer(rebasing: zeros[0..<count])
  }
}

/// Notes of one beat each.
func melody(_ pitches: [Int], velocity: Int = 64) -> [NoteEvent] {
  pitches.map { NoteEvent(interval: 24, pitch: $0, duration: 24, velocity: velocity) }
}
