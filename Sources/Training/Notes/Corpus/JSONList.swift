// A JSON list that grows.

import Foundation

/// The text of a JSON list, item by item: an encoder that is given a long list at once takes many times its memory.
final class JSONList {
  private var items = ""
  private let encoder = JSONEncoder()

  /// A list of texts.
  init(_ texts: [String] = []) {
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for text in texts { append(text) }
  }

  /// Appends an item.
  func append(_ item: some Encodable) {
    // What is appended here, texts and labels, has no value that JSON lacks.
    guard let data = try? encoder.encode(item) else { return }
    if !items.isEmpty { items += "," }
    items += String(decoding: data, as: UTF8.self)
  }

  /// The list.
  var list: String { "[\(items)]" }
}
