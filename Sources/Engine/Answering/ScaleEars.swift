// Both ears: what is heard as sound and what is heard as notes, as one scale.

import Improviser
import MIDI
import Music
import ScaleDetector

/// Hears the player's notes, takes in what the audio ear hears, and tells the scale that answers are to keep to.
///
/// Notes are put aside when they come and heard in `work`, after the hands have played what is due: the classifier
/// takes longer than a note may wait. The hands' thread owns it.
final class ScaleEars {
  /// Seconds between two looks at the notes while something sounds or has sounded lately.
  private static let interval = 0.2
  /// Seconds after the last note for which the ear still changes its mind.
  private static let memory = 12.0
  /// Messages that may wait; more come only when keys are hammered by a machine.
  private static let capacity = 512

  /// The scale as it is known now; nil when none is.
  private(set) var detected: DetectedScale?
  /// The pattern of the Thesaurus that the player's line plays; nil when it plays none.
  var pattern: PatternScale? { patterns.pattern }
  private let notes: NoteScaleEar
  private var patterns = PatternEar()
  private var consensus = ScaleConsensus()
  private var audio: ScaleReadout?
  private var waiting: [(message: MIDIMessage, time: Double)] = []
  private var lastNote = -Double.infinity
  private var nextLook = Double.infinity

  init(model: ChromaLite, classes: ScaleClasses) {
    notes = NoteScaleEar(model: model, classes: classes)
    waiting.reserveCapacity(Self.capacity)
  }

  /// When `work` is next to be called; nil when only a note can bring news.
  var nextDeadline: Double? { nextLook.isFinite ? nextLook : nil }

  /// Takes in what the audio ear hears; nil when it hears nothing any more.
  func hear(_ readout: ScaleReadout?) {
    audio = readout
    detected = consensus.process(notes: notes.readout, sound: audio)
  }

  /// Puts a message of the player aside.
  func hear(_ message: MIDIMessage, at time: Double) {
    if waiting.count < Self.capacity { waiting.append((message, time)) }
    lastNote = time
    if !nextLook.isFinite { nextLook = time }
  }

  /// Hears what was put aside, up to `time`.
  func work(to time: Double) {
    guard time >= nextLook else { return }
    for (message, time) in waiting { take(message, at: time) }
    waiting.removeAll(keepingCapacity: true)
    notes.advance(to: time)
    patterns.advance(to: time)
    nextLook = time - lastNote > Self.memory ? .infinity : time + Self.interval
    detected = consensus.process(notes: notes.readout, sound: audio)
  }

  /// Forgets that keys are held.
  func releaseAll(at time: Double) {
    work(to: max(time, nextLook))
    notes.releaseAll(at: time)
  }

  private func take(_ message: MIDIMessage, at time: Double) {
    switch message {
    case .noteOn(_, let pitch, let velocity):
      notes.noteOn(pitch: pitch, velocity: velocity, at: time)
      patterns.noteOn(pitch: pitch, at: time)
    case .noteOff(_, let pitch, _): notes.noteOff(pitch: pitch, at: time)
    case .controlChange(_, 64, let value): notes.sustain(value >= 64, at: time)
    default: break
    }
  }
}
