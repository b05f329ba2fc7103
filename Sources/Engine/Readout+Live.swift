// What the ear and the audio input say, as the protocol writes it.

public import AudioIO
public import Control
import Music
public import ScaleDetector

extension InputSummary {
  /// The short form of the audio input's state.
  public init(_ status: AudioStatus) {
    let isThere = status.state == .open || status.state == .active
    var message = status.obstacle
    if status.state == .active && status.connections.isEmpty && message == nil {
      message = "nothing is connected: connect a source with a patchbay, or start antiphond with --connect PATTERN"
    }
    self.init(
      state: status.state.rawValue,
      sampleRate: isThere && status.sampleRate > 0 ? status.sampleRate : nil,
      period: isThere && status.period > 0 ? status.period : nil,
      connections: status.connections,
      // While something is connected, warnings stand in the status; here they would hide what is heard.
      message: status.hasInput ? nil : message)
  }
}

extension Readout {
  /// A readout of the ear.
  ///
  /// - Parameter time: seconds since the daemon's start.
  /// - Parameter naming: how scales are written.
  public init(_ heard: ScaleReadout, time: Double, input: InputSummary, naming: ScaleNaming = .families) {
    self.init(
      time: time,
      scale: heard.scale.map { ScaleName($0, naming) },
      confidence: Double(heard.confidence),
      candidates: heard.candidates.prefix(3).map {
        Control.Candidate(scale: ScaleName($0.scale, naming), confidence: Double($0.probability))
      },
      chroma: heard.frame.chroma.map(Double.init),
      tuningCents: Double(heard.frame.tuningCents),
      levelDB: Double(heard.frame.level),
      active: heard.frame.isActive,
      input: input,
      pattern: heard.pattern?.text)
  }

  /// A readout while no sound arrives.
  public init(silentAt time: Double, input: InputSummary) {
    self.init(
      time: time, scale: nil, confidence: 0, candidates: [], chroma: [], tuningCents: 0, levelDB: -120, active: false,
      input: input)
  }
}

extension PatternScale {
  /// The pattern as a person reads it, "C tritone/interpolation/1:1".
  var text: String { "\(tonic) \(pattern.name)" }
}

extension ScaleName {
  /// The name in a vocabulary; the family stays the one that clients know.
  init(_ scale: Scale?, _ naming: ScaleNaming) {
    self.init(scale)
    name = naming.name(scale)
  }
}
