// The pitches of one scale within an instrument's range, addressed by step.
import Music

/// The pitches of a scale from `range`, ascending; melodies move along it by steps.
struct ScaleLadder {
  let pitches: [Int]
  let tonic: Int

  init(tonic: PitchClass, family: ScaleFamily, range: ClosedRange<Int>) {
    self.tonic = tonic.rawValue
    let members = Set(family.intervals)
    pitches = range.filter { members.contains(($0 - tonic.rawValue + 144) % 12) }
  }

  /// Semitones of a step above the tonic, 0...11.
  func degree(_ step: Int) -> Int { (pitch(step) - tonic + 144) % 12 }

  /// The pitch of a step, held within the range.
  func pitch(_ step: Int) -> Int {
    guard !pitches.isEmpty else { return 60 }
    return pitches[min(max(step, 0), pitches.count - 1)]
  }

  /// The step nearest to `step` whose degree is one of `degrees`; `step` itself when there is none.
  func nearest(_ step: Int, to degrees: Set<Int>) -> Int {
    let held = min(max(step, 0), max(0, pitches.count - 1))
    let steps = pitches.indices.filter { degrees.contains(degree($0)) }
    return steps.min { (abs($0 - held), $0) < (abs($1 - held), $1) } ?? held
  }

  /// The lowest pitch of the range with this degree; nil when the range has none.
  func lowest(_ degree: Int) -> Int? { pitches.first { ($0 - tonic + 144) % 12 == degree % 12 } }
}
