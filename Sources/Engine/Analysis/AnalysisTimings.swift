// What an analysis cost, part by part, in seconds of this thread's processor time.
import Foundation

/// Processor time of the parts of an analysis.
public struct AnalysisTimings: Sendable {
  /// Reading and mixing down.
  public internal(set) var decode = 0.0
  /// Samples to chroma.
  public internal(set) var chroma = 0.0
  /// Chroma to the steady readout, as it runs live.
  public internal(set) var detector = 0.0
  /// The answer for the whole.
  public internal(set) var whole = 0.0

  /// All parts together.
  public var total: Double { decode + chroma + detector + whole }

  /// One line of JSON for the benchmark; `audio` is the duration that was heard.
  public func json(audio: Double) -> String {
    let numbers = [("audio", audio), ("decode", decode), ("chroma", chroma), ("detector", detector), ("whole", whole)]
    let fields = (numbers + [("total", total)]).map { "\"\($0)\":\(JSONText.number($1, places: 6))" }
    return "{" + fields.joined(separator: ",") + "}"
  }

  /// Processor time that this thread has used so far, seconds.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Adds the time since `start` to a part and returns the time now.
  mutating func charge(_ part: WritableKeyPath<AnalysisTimings, Double>, since start: Double) -> Double {
    let now = Self.now()
    self[keyPath: part] += now - start
    return now
  }
}
