// A line of a terminal made of pieces with a style, cut to the terminal's width.

/// How a piece of text looks; without colours everything is plain.
enum TextStyle {
  case plain, strong, dim, accent, warning

  /// The terminal's code (ECMA-48) that switches the style on.
  var code: String {
    switch self {
    case .plain: ""
    case .strong: "\u{1B}[1m"
    case .dim: "\u{1B}[2m"
    case .accent: "\u{1B}[1;36m"
    case .warning: "\u{1B}[33m"
    }
  }
}

/// Pieces of text with their styles. Every character is taken to be one column wide, which holds for all that we print.
struct StyledLine {
  private var pieces: [(text: String, style: TextStyle)] = []

  /// Columns so far.
  private(set) var width = 0

  init(_ text: String = "", _ style: TextStyle = .plain) {
    add(text, style)
  }

  /// Appends a piece.
  mutating func add(_ text: String, _ style: TextStyle = .plain) {
    guard !text.isEmpty else { return }
    // Names of devices and ports come from elsewhere: no line break or escape code of theirs reaches the terminal.
    let isClean = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    let shown = isClean ? text : String(text.map { $0.isControl ? "?" : $0 })
    pieces.append((shown, style))
    width += shown.count
  }

  /// The text, at most `width` columns, with codes for its styles when `colours` are wanted.
  func rendered(width: Int, colours: Bool) -> String {
    var room = max(0, width)
    var result = ""
    for (text, style) in pieces where room > 0 {
      let visible = text.prefix(room)
      room -= visible.count
      let isStyled = colours && !style.code.isEmpty
      result += isStyled ? style.code + visible + "\u{1B}[0m" : String(visible)
    }
    if colours { return result }
    while result.last == " " { result.removeLast() }
    return result
  }
}

extension Character {
  fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
