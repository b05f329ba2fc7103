// Predicts the next note from the network, from what this player played and from what a corpus does.

import Foundation
import Neural

/// The arithmetic mixture of a network with n-grams of the player (short term) and of a corpus (long term), for each
/// part of the next note.
///
/// All results are probabilities of which the impossible are 0 and whose sum is 1 up to rounding; a buffer is valid
/// until the next call. The memory is taken in `init`: no other call allocates. Own notes move the context on, but
/// neither the memory nor the weights learn from them: an answer is no habit of the player. One thread owns a
/// predictor.
public final class NotePredictor {
  /// Notes of the recent memory, which hears the motives of the piece.
  static let recentCapacity = 128

  /// How much the player's memory enters: 0 not at all, 0.5 as much as predicts best, 1 above all.
  public var memoryShare: Double {
    didSet { odds = Self.odds(memoryShare) }
  }

  private let network: any EventDistribution
  private let marked: any EventDistribution
  private let longTerm: LongTermMemory?
  let shortTerm: EventMemory
  let recent: EventMemory
  let mixtures: [PartMixture]
  private var contexts = EventContexts()
  private var markedContexts = EventContexts()
  /// The scale of the newest note.
  private var scale: ScaleCondition?
  private var odds: Float
  private let leaps = AlignedFloats(count: MemoryView.leap.symbolCount)

  /// - Parameters:
  ///   - network: at the beginning of a sequence.
  ///   - spare: another instance of the same, for `mark`.
  init(
    network: any EventDistribution, spare: any EventDistribution, longTerm: LongTermMemory?, memoryShare: Double = 0.5,
    capacity: Int = EventMemory.capacity
  ) {
    self.network = network
    marked = spare
    self.longTerm = longTerm
    self.memoryShare = memoryShare
    odds = Self.odds(memoryShare)
    shortTerm = EventMemory(capacity: capacity)
    recent = EventMemory(capacity: Self.recentCapacity)
    mixtures = NotePart.allCases.map { part in
      PartMixture(experts: part.experts.filter { longTerm != nil || !$0.isOfCorpus }, classCount: part.classCount)
    }
    marked.copyState(from: network)
  }

  /// Notes of the player that are remembered.
  public var rememberedNotes: Int { shortTerm.count }

  /// Begins a new piece; what is remembered of the player stays.
  public func beginPiece() {
    network.reset(scale: scale)
    contexts = EventContexts()
    recent.reset()
  }

  /// Forgets the player: all that was heard, and how far to trust it.
  public func forgetPlayer() {
    shortTerm.reset()
    recent.reset()
    for mixture in mixtures { mixture.reset() }
  }

  /// Takes in a note of the player and learns from it.
  public func hear(_ event: NoteEvent, scale: ScaleCondition?) {
    learn(event)
    shortTerm.observe(event, after: contexts)
    recent.observe(event, after: contexts)
    advance(event, scale: scale)
  }

  /// Takes in a note of its own.
  public func play(_ event: NoteEvent, scale: ScaleCondition?) { advance(event, scale: scale) }

  /// Keeps the place in the piece, to which `rewind` returns. What the player teaches in between is not undone.
  public func mark() {
    marked.copyState(from: network)
    markedContexts = contexts
  }

  /// Returns to the place of the last `mark`; without one, to the beginning of a piece.
  public func rewind() {
    network.copyState(from: marked)
    contexts = markedContexts
  }

  /// Probabilities of the 41 classes of the next interval. Whether nothing follows is the network's alone to say.
  public func intervals() -> UnsafeBufferPointer<Float> {
    let mixture = mixtures[NotePart.interval.rawValue]
    var end: Float = 0
    for index in mixture.experts.indices {
      let output = mixture.distribution(index)
      switch mixture.experts[index].source {
      case .network:
        softmax(network.intervalLogits(), into: output)
        end = output[NoteVocabulary.end]
      case let source:
        remember(source, interval: 0, into: output)
        for symbol in 0..<NoteVocabulary.end { output[symbol] *= 1 - end }
        output[NoteVocabulary.end] = end
      }
    }
    return mix(.interval, interval: 0)
  }

  /// Probabilities of the 128 pitches, given the class of the interval. Within a chord only pitches above the one
  /// before are possible, unless that is the highest of all.
  public func pitches(interval: Int) -> UnsafeBufferPointer<Float> {
    let mixture = mixtures[NotePart.pitch.rawValue]
    let excluded = interval == 0 ? (contexts.pitch ?? -1) + 1 : 0
    for index in mixture.experts.indices {
      let output = mixture.distribution(index)
      switch mixture.experts[index].source {
      case .network: softmax(network.pitchLogits(interval: interval), into: output)
      case let source: remember(source, interval: interval, into: output)
      }
      guard excluded < NoteVocabulary.pitchCount else { continue }
      exclude(0..<excluded, of: NoteVocabulary.pitchCount, from: output)
    }
    return mix(.pitch, interval: interval)
  }

  /// Probabilities of the 40 classes of the duration, given the parts before; class 0 is impossible.
  public func durations(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> {
    let mixture = mixtures[NotePart.duration.rawValue]
    for index in mixture.experts.indices {
      let output = mixture.distribution(index)
      switch mixture.experts[index].source {
      case .network: softmax(network.durationLogits(interval: interval, pitch: pitch), into: output)
      case let source: remember(source, interval: interval, into: output)
      }
      exclude(0..<1, of: NoteVocabulary.timeCount, from: output)
    }
    return mix(.duration, interval: interval)
  }

  /// Probabilities of the 16 classes of the velocity, given the parts before.
  public func velocities(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> {
    let mixture = mixtures[NotePart.velocity.rawValue]
    for index in mixture.experts.indices {
      let output = mixture.distribution(index)
      switch mixture.experts[index].source {
      case .network:
        softmax(network.velocityLogits(interval: interval, pitch: pitch, duration: duration), into: output)
      case let source: remember(source, interval: interval, into: output)
      }
    }
    return mix(.velocity, interval: interval)
  }

  private func advance(_ event: NoteEvent, scale: ScaleCondition?) {
    self.scale = scale
    network.advance(event, scale: scale)
    contexts.advance(event)
  }

  /// Moves the weights of all parts towards the experts that expected `event`.
  private func learn(_ event: NoteEvent) {
    let interval = NoteVocabulary.intervalClass(ticks: event.interval)
    let duration = NoteVocabulary.durationClass(ticks: event.duration)
    let pitch = min(max(event.pitch, 0), NoteVocabulary.pitchCount - 1)
    _ = intervals()
    _ = pitches(interval: interval)
    _ = durations(interval: interval, pitch: pitch)
    _ = velocities(interval: interval, pitch: pitch, duration: duration)
    let classes = (interval, pitch, duration, NoteVocabulary.velocityClass(event.velocity))
    mixtures[0].learn(classes.0, gate: gate(.interval, interval: interval))
    mixtures[1].learn(classes.1, gate: gate(.pitch, interval: interval))
    mixtures[2].learn(classes.2, gate: gate(.duration, interval: interval))
    mixtures[3].learn(classes.3, gate: gate(.velocity, interval: interval))
  }

  private func gate(_ part: NotePart, interval: Int) -> Int {
    PartMixture.gate(
      matched: recent.model(part.gate).matchedOrder(in: contexts.context(part.gate, interval: interval)))
  }

  private func mix(_ part: NotePart, interval: Int) -> UnsafeBufferPointer<Float> {
    // Without the player's memory its contexts must not choose the weights of the others either.
    // A memory without a single note knows nothing.
    mixtures[part.rawValue].mix(
      gate: odds == 0 ? 0 : gate(part, interval: interval), odds: shortTerm.count > 0 ? odds : 0,
      recentOdds: recent.count > 0 ? odds : 0)
  }

  /// Writes the distribution of a memory.
  private func remember(_ source: Expert.Source, interval: Int, into output: UnsafeMutableBufferPointer<Float>) {
    switch source {
    case .network: return
    case .shortTerm(let view, let order), .recent(let view, let order), .longTerm(let view, let order):
      let context = contexts.context(view, interval: interval)
      let isLeap = view == .leap
      let symbols =
        isLeap ? UnsafeMutableBufferPointer(start: leaps.pointer, count: MemoryView.leap.symbolCount) : output
      switch source {
      case .longTerm: longTerm?.table(view)?.predict(in: context, upTo: order, into: symbols)
      case .recent: recent.model(view).predict(in: context, upTo: order, into: symbols)
      case .shortTerm: shortTerm.model(view).predict(in: context, upTo: order, into: symbols)
      case .network: break
      }
      if isLeap { land(from: contexts.pitch, into: output) }
    }
  }

  /// Turns the distribution of leaps into one of pitches: uniform before the first note.
  private func land(from pitch: Int?, into output: UnsafeMutableBufferPointer<Float>) {
    let count = NoteVocabulary.pitchCount
    let widest = MemoryView.widestLeap
    for next in 0..<count {
      guard let pitch else {
        output[next] = 1 / Float(count)
        continue
      }
      let leap = next - pitch
      // The widest symbols stand for several pitches, which share them.
      let sharing = leap >= widest ? count - pitch - widest : leap <= -widest ? pitch - widest + 1 : 1
      output[next] = leaps.pointer[min(max(leap, -widest), widest) + widest] / Float(sharing)
    }
    exclude(0..<0, of: count, from: output)
  }

  /// Makes classes impossible and gives the others the sum 1; they share it alike where nothing is left.
  private func exclude(
    _ classes: Range<Int>, of count: Int, from output: UnsafeMutableBufferPointer<Float>
  ) {
    var sum: Float = 0
    for index in classes { output[index] = 0 }
    for index in classes.upperBound..<count { sum += output[index] }
    for index in classes.upperBound..<count {
      output[index] = sum > 0 ? output[index] / sum : 1 / Float(count - classes.upperBound)
    }
  }

  /// All classes are alike where logits are no numbers, as those of a model with absurd weights.
  private func softmax(_ logits: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>) {
    var largest = -Float.infinity
    for value in logits { largest = max(largest, value) }
    var sum: Float = 0
    for index in logits.indices {
      output[index] = largest.isFinite ? exp(logits[index] - largest) : 1
      sum += output[index]
    }
    for index in logits.indices { output[index] = sum.isFinite ? output[index] / sum : 1 / Float(logits.count) }
  }

  /// Odds by which the player's memory is weighted: 1 at the middle of the knob, at most 19 (95 to 5).
  private static func odds(_ share: Double) -> Float {
    let share = share.isFinite ? min(max(share, 0), 0.95) : 0.5
    return Float(share / (1 - share))
  }
}
