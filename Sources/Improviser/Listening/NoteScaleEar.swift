// Hears the scale of notes that come as messages, without any sound.

import Chroma
public import ScaleDetector

/// The ear for a keyboard: turns held notes into the history that `ScaleDetector` reads, 5.4 steps a second, and asks
/// the same classifier. Times are seconds on one axis that never goes back; what lies before the latest is taken as
/// now. The same messages give the same answers. One thread owns an ear.
public final class NoteScaleEar {
  private static let framesPerStep = 4
  /// Silent seconds after which the detector has forgotten everything, and a little.
  private static let longestSilence = 11.0

  /// What is known after the last `advance`; nil before the first note.
  public private(set) var readout: ScaleReadout?

  private let detector: ScaleDetector
  private var salience = NoteSalience()
  private var start: Double?
  private var frame = 0
  private var lastSound = 0.0

  /// - Parameters:
  ///   - model: the classifier of the audio ear; it is shared.
  ///   - classes: the answers that it may give.
  public init(model: ChromaLite, classes: ScaleClasses = .all) {
    detector = ScaleDetector(model: model, classes: classes)
  }

  init(model: ChromaLite, classes: ScaleClasses, tone: NoteSalience.Tone) {
    detector = ScaleDetector(model: model, classes: classes)
    salience.tone = tone
  }

  /// The scale shown, with its probability; nil before there is evidence and when no scale is heard.
  public var detected: DetectedScale? {
    guard let readout, let scale = readout.scale else { return nil }
    return DetectedScale(scale: scale, confidence: readout.confidence)
  }

  /// Forgets everything.
  public func reset() {
    let tone = salience.tone
    salience = NoteSalience()
    salience.tone = tone
    detector.reset()
    readout = nil
    start = nil
    frame = 0
    lastSound = 0
  }

  /// A key was pressed.
  public func noteOn(pitch: Int, velocity: Int, at time: Double) {
    guard time.isFinite else { return }
    if start == nil { start = time }
    advance(to: time)
    salience.noteOn(pitch: pitch, velocity: velocity, at: time)
  }

  /// A key was let go.
  public func noteOff(pitch: Int, at time: Double) {
    guard time.isFinite else { return }
    advance(to: time)
    salience.noteOff(pitch: pitch, at: time)
  }

  /// The pedal that holds the notes (controller 64) went down or up.
  public func sustain(_ isDown: Bool, at time: Double) {
    guard time.isFinite else { return }
    advance(to: time)
    salience.sustain(isDown, at: time)
  }

  /// All keys and the pedal are up, as when a keyboard is unplugged.
  public func releaseAll(at time: Double) {
    guard time.isFinite else { return }
    advance(to: time)
    salience.sustain(false, at: time)
    for pitch in 0..<128 { salience.noteOff(pitch: pitch, at: time) }
  }

  /// Hears up to `time`; call it a few times a second while notes sound and for 11 s after.
  public func advance(to time: Double) {
    guard let start, time.isFinite else { return }
    while start + Double(frame + 1) * NoteSalience.framePeriod <= time {
      frame += 1
      let now = Double(frame) * NoteSalience.framePeriod
      let isActive = salience.addFrame(at: start + now)
      if isActive { lastSound = now }
      let step = frame % Self.framesPerStep == 0 ? salience.finishStep() : nil
      readout = detector.process(
        ChromaFrame(
          time: now, level: isActive ? -20 : -120, isActive: isActive, chroma: [], tuningCents: 0, step: step))
      if now - lastSound > Self.longestSilence {
        // Nothing more can happen until a note comes, however long that takes.
        let missing = Int((time - start - now) / NoteSalience.framePeriod)
        frame += max(0, missing) / Self.framesPerStep * Self.framesPerStep
        return
      }
    }
  }
}
