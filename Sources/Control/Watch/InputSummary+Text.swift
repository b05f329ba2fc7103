// The state of the input as a sentence.

extension InputSummary {
  /// Whether sound can arrive: the audio server calls back.
  public var isActive: Bool { state == "active" }

  /// What a person reads about the input: the state, then what is missing.
  public var sentence: String {
    message.map { "\(stateText) · \($0)" } ?? stateText
  }

  private var stateText: String {
    switch state {
    case "active":
      let rate = sampleRate.map { "\($0) Hz" } ?? "listening"
      let frames = period.map { ", \($0) frames" } ?? ""
      let from = connections.isEmpty ? "no input" : connections.joined(separator: ", ")
      return rate + frames + ", " + from
    case "absent": return "waiting for JACK"
    case "open": return "JACK is there, audio starts"
    case "lost": return "JACK went away, waiting for it"
    default: return state
    }
  }
}
