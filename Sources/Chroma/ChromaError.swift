// What can be wrong with a request to analyse sound.

/// An error of the chroma chain; its description is one sentence for the user.
public enum ChromaError: Error, Equatable, CustomStringConvertible {
  /// The sample rate is outside 8 to 192 kHz or no number.
  case unsupportedSampleRate(Double)

  public var description: String {
    switch self {
    case .unsupportedSampleRate(let rate):
      "a sample rate of \(rate) Hz cannot be analysed: resample to a rate between 8000 and 192000 Hz"
    }
  }
}
