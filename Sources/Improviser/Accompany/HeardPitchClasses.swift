// Which pitch classes the player has just sounded.

import Foundation

/// Twelve weights that grow while notes sound and fade afterwards. A unit over note messages; times never go back.
struct HeardPitchClasses {
  /// Weight of an onset, in seconds of sound: short notes count too.
  private static let onsetWeight = 0.15
  /// Velocities of this many notes are averaged.
  private static let velocityFading = 0.8

  /// Seconds in which a weight falls to 1/e.
  var fading = 1.0
  private(set) var weights = [Double](repeating: 0, count: 12)
  /// The same since the last `beginBeat`, without fading.
  private(set) var beatWeights = [Double](repeating: 0, count: 12)
  /// Keys that are down.
  private(set) var heldCount = 0
  /// The mean velocity of the newest notes; nil before the first.
  private(set) var velocity: Double?
  /// The lowest of the newest notes, which the accompaniment keeps below.
  private(set) var lowest: Double?

  private var isHeld = [Bool](repeating: false, count: 128)
  private var time = -Double.infinity

  mutating func noteOn(pitch: Int, velocity: Int, at time: Double) {
    advance(to: time)
    weights[pitch % 12] += Self.onsetWeight
    beatWeights[pitch % 12] += Self.onsetWeight
    if !isHeld[pitch] { heldCount += 1 }
    isHeld[pitch] = true
    let newest = Double(velocity)
    self.velocity = self.velocity.map { Self.velocityFading * $0 + (1 - Self.velocityFading) * newest } ?? newest
    // Lower notes are followed at once, higher ones slowly.
    lowest = lowest.map { Double(pitch) < $0 ? Double(pitch) : 0.8 * $0 + 0.2 * Double(pitch) } ?? Double(pitch)
  }

  mutating func noteOff(pitch: Int, at time: Double) {
    advance(to: time)
    if isHeld[pitch] { heldCount -= 1 }
    isHeld[pitch] = false
  }

  mutating func releaseAll(at time: Double) {
    advance(to: time)
    for pitch in isHeld.indices { isHeld[pitch] = false }
    heldCount = 0
  }

  /// Lets the notes that are held sound until `time`.
  mutating func advance(to time: Double) {
    guard time > self.time else { return }
    let elapsed = self.time.isFinite ? time - self.time : 0
    self.time = time
    let kept = exp(-elapsed / max(fading, 0.01))
    let grown = fading * (1 - kept)
    for index in weights.indices { weights[index] *= kept }
    guard heldCount > 0 else { return }
    for pitch in isHeld.indices where isHeld[pitch] {
      weights[pitch % 12] += grown
      beatWeights[pitch % 12] += elapsed
    }
  }

  /// What comes from now on belongs to the next beat.
  mutating func beginBeat() {
    for index in beatWeights.indices { beatWeights[index] = 0 }
  }
}
