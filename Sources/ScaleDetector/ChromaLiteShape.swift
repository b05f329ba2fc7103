// The description of a ChromaLite network in a model file's string map, checked.
import Foundation
import Music
import Neural

/// Sizes and class names of a ChromaLite model file.
struct ChromaLiteShape {
  let bands: Int
  let hidden: Int
  let mixing: Int
  let families: [ScaleFamily]
  let hasNone: Bool
  let temperature: Float
  let window: Int

  init(_ file: SafetensorsFile) throws(ModelError) {
    let architecture = file.metadata["architecture"] ?? "unknown"
    guard architecture == ChromaLite.architecture else {
      let problem = "holds a model of kind \"\(architecture)\" and not \"\(ChromaLite.architecture)\""
      throw file.fault(.unsupported, problem)
    }
    let version = file.metadata["version"] ?? "unknown"
    guard version == ChromaLite.version else {
      throw file.fault(.unsupported, "has ChromaLite's version \"\(version)\", this program runs \(ChromaLite.version)")
    }
    bands = try Self.number("bands", in: file, 1...3)
    guard bands != 2 else { throw file.fault(.unsupported, "has 2 bands in its description, which must be 1 or 3") }
    hidden = try Self.number("hidden", in: file, 1...1024)
    mixing = try Self.number("mixing", in: file, 1...1024)
    window = try Self.number("window", in: file, 1...65536, otherwise: 161)
    var families: [ScaleFamily] = []
    for name in (file.metadata["families"] ?? "").split(separator: ",", omittingEmptySubsequences: false) {
      guard let family = ScaleFamily(rawValue: String(name)), !families.contains(family) else {
        throw file.fault(.unsupported, "names the scale family \"\(name)\", which is unknown or named twice")
      }
      families.append(family)
    }
    guard !families.isEmpty else { throw file.fault(.unsupported, "names no scale families") }
    self.families = families
    switch file.metadata["none"] {
    case "true": hasNone = true
    case "false": hasNone = false
    default: throw file.fault(.unsupported, "does not say \"none\": \"true\" or \"false\" in its description")
    }
    let temperature = file.metadata["temperature"] ?? "1"
    guard let value = Float(temperature), value.isFinite, (0.01...100).contains(value) else {
      throw file.fault(.unsupported, "has the temperature \"\(temperature)\", which must lie between 0.01 and 100")
    }
    self.temperature = value
  }

  private static func number(
    _ key: String, in file: SafetensorsFile, _ range: ClosedRange<Int>, otherwise: Int? = nil
  ) throws(ModelError) -> Int {
    guard let text = file.metadata[key] else {
      if let otherwise { return otherwise }
      throw file.fault(.unsupported, "does not give \"\(key)\" in its description")
    }
    guard let number = Int(text), range.contains(number) else {
      throw file.fault(.unsupported, "has \(key) = \"\(text)\", which must lie in \(range)")
    }
    return number
  }
}
