// One scale from two ears: the one that hears notes and the one that hears sound.

import Foundation
import Music
public import ScaleDetector

/// Combines the readouts of the two ears.
///
/// An ear that shows no scale has no say. When both show the same one, it is that, with the greater confidence: they
/// hear the same music, so their agreement is no independent evidence. When they differ, their candidates are pooled:
/// the logarithms of the probabilities are averaged, the notes counting twice as much as the sound since no room or
/// noise lies between, and a candidate that an ear does not list has a small probability there. What was given before
/// stays until another is better by half. A unit over pairs of readouts.
/// Source of the pool: Genest and Zidek, "Combining probability distributions", Statistical Science 1 (1986), 114-135.
public struct ScaleConsensus: Sendable {
  private static let notesWeight: Float = 2 / 3
  private static let unlisted: Float = 0.002
  private static let persistence: Float = 1.5

  private var shown: Scale?

  /// A consensus that has heard nothing.
  public init() {}

  /// Forgets everything.
  public mutating func reset() { shown = nil }

  /// The scale of both ears now; nil where neither shows one.
  /// - Parameters:
  ///   - notes: of `NoteScaleEar`, nil before the first note.
  ///   - sound: of the audio ear, nil where there is none.
  public mutating func process(notes: ScaleReadout?, sound: ScaleReadout?) -> DetectedScale? {
    let result = combined(notes.flatMap { $0.scale == nil ? nil : $0 }, sound.flatMap { $0.scale == nil ? nil : $0 })
    shown = result?.scale
    return result
  }

  private func combined(_ notes: ScaleReadout?, _ sound: ScaleReadout?) -> DetectedScale? {
    guard let notes, let sound else {
      guard let only = notes ?? sound, let scale = only.scale else { return nil }
      return DetectedScale(scale: scale, confidence: only.confidence)
    }
    if let scale = notes.scale, scale == sound.scale {
      return DetectedScale(scale: scale, confidence: max(notes.confidence, sound.confidence))
    }
    let scales = Self.scales(notes) + Self.scales(sound).filter { !Self.scales(notes).contains($0) }
    let pooled = scales.map { scale in
      let (byNotes, bySound) = (Self.probability(of: scale, in: notes), Self.probability(of: scale, in: sound))
      return pow(byNotes, Self.notesWeight) * pow(bySound, 1 - Self.notesWeight)
    }
    let sum = pooled.reduce(0, +)
    func worth(_ index: Int) -> Float { pooled[index] * (scales[index] == shown ? Self.persistence : 1) }
    guard sum > 0, let best = pooled.indices.max(by: { worth($0) < worth($1) }) else { return nil }
    return DetectedScale(scale: scales[best], confidence: pooled[best] / sum)
  }

  private static func scales(_ readout: ScaleReadout) -> [Scale] {
    let candidates = readout.candidates.compactMap(\.scale)
    guard let scale = readout.scale, !candidates.contains(scale) else { return candidates }
    return candidates + [scale]
  }

  private static func probability(of scale: Scale, in readout: ScaleReadout) -> Float {
    let listed = readout.candidates.first { $0.scale == scale }?.probability
    return max(listed ?? (readout.scale == scale ? readout.confidence : 0), unlisted)
  }
}
