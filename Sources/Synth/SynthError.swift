// What can go wrong with the synthesizer, each said in one sentence.

/// A synthesizer that cannot be made, or something it cannot play.
public enum SynthError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sample rate lies outside 8000...96000 Hz.
  case sampleRate(Double)
  /// The polyphony lies outside 1...4096 voices.
  case polyphony(Int)
  /// FluidSynth could not be started.
  case unavailable
  /// FluidSynth refused the SoundFont although its structure is sound.
  case refused(path: String)
  /// A note's field is out of range; `index` is its place in the list.
  case note(index: Int, reason: String)
  /// A program outside 0...127 or a channel outside 0...15.
  case program(channel: Int, program: Int)
  /// A duration that is negative, not a number or longer than an hour, in seconds.
  case duration(Double)
  /// A tuning offset that is not a number or beyond ±1200 cents.
  case tuning(cents: Double)

  public var description: String {
    switch self {
    case .sampleRate(let rate): "Sample rate \(rate) Hz is outside 8000 to 96000 Hz; choose one inside."
    case .polyphony(let voices): "Polyphony \(voices) is outside 1 to 4096 voices; choose one inside."
    case .unavailable: "FluidSynth could not be started; check that libfluidsynth is installed and memory is free."
    case .refused(let path): "FluidSynth cannot load SoundFont \(path); try another SoundFont."
    case .note(let index, let reason): "Note \(index) cannot be played: \(reason)."
    case .program(let channel, let program):
      "Program \(program) on channel \(channel) does not exist; use programs 0 to 127 and channels 0 to 15."
    case .duration(let seconds): "A duration of \(seconds) s cannot be rendered; use 0 to 3600 s."
    case .tuning(let cents): "A tuning of \(cents) cents is outside -1200 to 1200 cents; choose one inside."
    }
  }
}
