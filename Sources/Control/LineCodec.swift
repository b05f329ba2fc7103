// Values to lines of JSON and back.

import Foundation

/// Writes and reads the lines of the protocol. Pure; safe on every input.
public enum LineCodec {
  /// One line of JSON with its newline, keys in alphabetical order.
  public static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Infinite numbers can't happen (every value rounds its own); should one slip in, a client still gets valid JSON.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else { return Array("{}\n".utf8) }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  /// One line of JSON as text, without its newline.
  public static func text(_ value: some Encodable) -> String {
    String(decoding: encode(value).dropLast(), as: UTF8.self)
  }

  /// The request in a line; throws a `Failure` that can be sent back as it is.
  public static func request(_ line: some Collection<UInt8>) throws(Failure) -> Request {
    do {
      return try JSONDecoder().decode(Request.self, from: Data(line))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .malformed, "The line is no JSON object in UTF-8; send for example {\"command\":\"status\"}.")
    }
  }

  /// The message in a line; nil when the line is none.
  public static func message(_ line: some Collection<UInt8>) -> Message? {
    try? JSONDecoder().decode(Message.self, from: Data(line))
  }
}
