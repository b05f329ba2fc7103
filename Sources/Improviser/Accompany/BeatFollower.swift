// A steady beat from the onsets and the estimates of a running one.

/// A clock that is set by the estimate of the beat and kept in step by the onsets themselves.
///
/// It keeps the beat that was begun with while the estimate changes between it, its half and its double, or moves by
/// half a beat: even eighth notes leave both open, and an accompaniment that wavers is worse than either. Another tempo
/// or another place of the beat is believed when the estimates insist. A unit over onsets and estimates.
/// The clock is a phase-locked loop of second order, as in Large and Jones, Psychological Review 106 (1999).
struct BeatFollower {
  /// The relative difference up to which two beats are the same one, played faster or slower.
  private static let tolerance = 0.12
  /// Estimates in a row after which another place or another tempo of the beat is believed.
  private static let insistence = (place: 12, tempo: 3)
  /// The estimates that are followed quickly at the beginning.
  private static let settling = 8
  /// The shares of a difference to the estimate that are followed at once, at the beginning and later.
  private static let quick = 0.4
  private static let slow = (phase: 0.05, beat: 0.3)
  /// The shares of an onset's error by which the beat moves and stretches.
  private static let gain = (phase: 0.2, beat: 0.03)
  /// The share of a beat by which an onset may be off; others are no onsets of a beat or its half.
  private static let capture = 0.15

  /// Seconds a beat, and the time of one; nil before an estimate.
  private(set) var beat: Double?
  private(set) var phase = 0.0

  private var estimate: (beat: Double, phase: Double)?
  private var estimates = 0
  private var dissent = (place: 0, tempo: 0)

  init() {}

  /// Forgets the beat.
  mutating func reset() { self = BeatFollower() }

  /// Takes in the onset of a note.
  mutating func hear(onset time: Double) {
    guard let beat else { return }
    phase += ((time - phase) / beat).rounded() * beat
    let place = (2 * (time - phase) / beat).rounded() / 2
    let error = time - phase - place * beat
    guard abs(error) < Self.capture * beat else { return }
    phase += Self.gain.phase * error
    self.beat = beat + Self.gain.beat * error
  }

  /// Takes in the newest estimate; the same one again changes nothing.
  /// - Parameter time: the present, near which the beats are to agree.
  mutating func process(beat newBeat: Double, phase newPhase: Double, at time: Double) {
    guard newBeat != estimate?.beat || newPhase != estimate?.phase else { return }
    estimate = (newBeat, newPhase)
    estimates += 1
    let isSettling = estimates <= Self.settling
    guard let beat, let factor = [1.0, 2, 0.5].first(where: { abs(newBeat * $0 / beat - 1) < Self.tolerance }) else {
      dissent.tempo += 1
      if isSettling || dissent.tempo >= Self.insistence.tempo { take(newBeat, newPhase) }
      return
    }
    dissent.tempo = 0
    let followed = newBeat * factor
    // Where the estimate has twice as many beats every one may be ours; else ours may lie half way between two.
    let step = min(newBeat, followed / 2)
    phase += ((time - phase) / beat).rounded() * beat
    let offset = ((phase - newPhase) / step).rounded()
    let isBetween = factor == 1 && offset.truncatingRemainder(dividingBy: 2) != 0
    dissent.place = isBetween ? dissent.place + 1 : 0
    guard dissent.place <= Self.insistence.place else { return take(followed, newPhase) }
    phase += (isSettling ? Self.quick : Self.slow.phase) * (newPhase + offset * step - phase)
    self.beat = beat + (isSettling ? Self.quick : Self.slow.beat) * (followed - beat)
  }

  private mutating func take(_ newBeat: Double, _ newPhase: Double) {
    (beat, phase, dissent) = (newBeat, newPhase, (0, 0))
  }
}
