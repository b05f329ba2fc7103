// How the voice sounds.

/// Where the synthesizer renders.
public enum SynthRendering: String, Sendable, CaseIterable {
  /// In the audio callback: dry, and without added latency.
  case inCallback
  /// One period ahead in a thread of its own, with reverb and chorus; adds a latency of one period.
  case ahead
}

/// Settings of the voice; limited to what FluidSynth accepts.
public struct SynthConfiguration: Sendable, Equatable {
  /// The instrument; without one the voice is silent.
  public var soundFont: SoundFontFile?
  /// Where the synthesizer renders.
  public var rendering: SynthRendering
  /// Linear gain of a full-scale note, 0…10.
  public var gain: Double
  /// Voices that sound at once, 1…1024; beyond them FluidSynth ends the least important one.
  public var polyphony: Int

  public init(
    soundFont: SoundFontFile? = nil, rendering: SynthRendering = .inCallback, gain: Double = 0.4, polyphony: Int = 128
  ) {
    self.soundFont = soundFont
    self.rendering = rendering
    self.gain = gain.isNaN ? 0.4 : min(max(gain, 0), 10)
    self.polyphony = min(max(polyphony, 1), 1024)
  }
}
