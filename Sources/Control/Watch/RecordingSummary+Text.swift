// How recording stands, in words.

extension RecordingSummary {
  /// Sentences, one a line.
  ///
  /// - Parameter home: the user's home, which is written as "~".
  public func lines(home: String? = nil) -> [String] {
    let used = "\(ByteText.text(bytes)) of \(ByteText.text(limit)) used."
    let place = Self.short(folder, home)
    var lines = [
      isOn
        ? "Recording to \(place); \(audio ? "MIDI and FLAC" : "MIDI"). \(used)" : "Recording is off; \(place): \(used)"
    ]
    if let file { lines.append("Now: \(file.split(separator: "/").last ?? "")") }
    if let message { lines.append(message) }
    return lines
  }

  private static func short(_ path: String, _ home: String?) -> String {
    guard let home, home.count > 1, path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }
}
