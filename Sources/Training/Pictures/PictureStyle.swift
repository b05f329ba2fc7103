// Colours, palettes and axes that the pictures share.

/// One look for all pictures, to be told apart by colour-blind people too.
enum PictureStyle {
  /// The first of two things that are compared: Okabe and Ito's blue, lightened where it fills.
  static let first = "#0072B2"
  /// The second: their vermilion.
  static let second = "#D55E00"
  /// Voices and further things (M. Okabe and K. Ito, "Color Universal Design", 2008).
  static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C6D1F"]
  /// Text beside the matter.
  static let quiet = "#555555"

  /// Nine points of viridis (S. van der Walt and N. Smith, matplotlib 1.5): lightness rises evenly from dark to light.
  static let viridis = palette([
    "#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30", "#FDE725",
  ])
  /// Viridis from light to dark, for boxes on white: small values are green, not a yellow that vanishes.
  static let darkening = palette(["#8FD744", "#44BF70", "#1F998A", "#2C728E", "#3B528B", "#46327E", "#440154"])
  /// From white to dark blue, for shares of which most are zero.
  static let blues = palette(["#FFFFFF", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B"])

  /// Thin axes outside the matter, and a grid that stays behind it.
  static let axes = """
    set tics out nomirror scale 0.6
    set border 3 lc rgb '#444444'
    set grid back lt 1 lw 0.5 lc rgb '#DDDDDD'
    set title font ',11' offset 0,-0.4
    set xlabel font ',10'
    set ylabel font ',10'
    set tics font ',9'

    """

  private static func palette(_ colours: [String]) -> String {
    let points = colours.enumerated().map { "\($0.offset) '\($0.element)'" }.joined(separator: ", ")
    return "set palette defined (\(points))"
  }

  /// A list of tics: `"C4" 60, …`.
  static func tics(_ tics: [(label: String, place: Double)]) -> String {
    tics.map { "\(Gnuplot.quoted($0.label)) \($0.place)" }.joined(separator: ", ")
  }

  /// `text` in at most `count` characters.
  static func shortened(_ text: String, _ count: Int) -> String {
    text.count <= count ? text : text.prefix(count / 2) + "…" + text.suffix(count - count / 2 - 1)
  }
}
