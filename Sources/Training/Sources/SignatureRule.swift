// The key of a score from its signatures and its last bass note.

import Music

/// The rule that gives a score its label: it begins and ends with one key signature, and its last bass note is the
/// tonic of the major or of the minor key of that signature.
enum SignatureRule {
  /// Why a score has no certain key.
  enum Reason: String, Error {
    case noNotes = "have no notes"
    case noSignature = "have no key signature"
    case changes = "begin and end with different key signatures"
    case elsewhere = "end elsewhere than on the last page (da capo, dal segno, fine)"
    case otherBass = "end on a bass note that is neither tonic"
  }

  static func label(_ score: MusicXMLScore) -> Result<(tonic: PitchClass, families: [ScaleFamily]), Reason> {
    guard let bass = score.finalBass else { return .failure(.noNotes) }
    guard let first = score.keySignatures.first, let last = score.keySignatures.last else {
      return .failure(.noSignature)
    }
    guard first.fifths == last.fifths else { return .failure(.changes) }
    guard score.endsOnLastPage else { return .failure(.elsewhere) }
    let major = PitchClass(wrapping: 7 * first.fifths)
    switch PitchClass(wrapping: bass) {
    case major: return .success((major, [.major]))
    case major.transposed(by: -3):
      return .success((major.transposed(by: -3), [.naturalMinor, .harmonicMinor, .melodicMinor]))
    default: return .failure(.otherBass)
    }
  }
}
