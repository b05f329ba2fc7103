// What was measured of a sound.

/// The figures of one sound file. Levels are those of the mono mix of its channels.
public struct WaveformReport: Codable, Hashable, Sendable {
  /// The path as it was given.
  public var file: String
  /// Frames a second, Hz.
  public var sampleRate: Double
  /// Channels in the file.
  public var channels: Int
  /// Where the analysis began, seconds.
  public var start: Double
  /// Seconds analysed.
  public var seconds: Double
  /// The largest sample in dBFS; nil for digital silence.
  public var peak: Double?
  /// Root mean square in dBFS (a full-scale sine reads -3.01); nil for digital silence.
  public var rms: Double?
  /// Peak above root mean square, dB.
  public var crestFactor: Double?
  /// Integrated loudness of the mono mix as one channel in LUFS (ITU-R BS.1770-4); nil below 400 ms or the gate.
  public var loudness: Double?
  /// The mean sample, 1 being full scale.
  public var offset: Double
  /// Samples at full scale.
  public var clippedSamples: Int
  /// The share of the time below -60 dBFS, 0 to 1.
  public var silenceShare: Double
  /// The mean chroma while something sounds, C first, each 0 to 1.
  public var chroma: [Double]
  /// Deviation of the tuning from A4 = 440 Hz in cents.
  public var tuningCents: Double
  /// Onsets found, and how many of them a second.
  public var onsets: Int
  public var onsetsASecond: Double
  /// The strongest tempo in beats a minute, and its autocorrelation (0 to 1); nil where nothing repeats.
  public var tempo: Double?
  public var tempoStrength: Double?
  /// How the onsets agree with labels; nil without labels.
  public var labels: OnsetScore?
  /// What was wrong with the file, a sentence each.
  public var warnings: [String] = []
  /// The files written.
  public var files: [String] = []
  /// Why pictures were not drawn, a sentence each.
  public var complaints: [String] = []
}
