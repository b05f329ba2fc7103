// Sizes in bytes as people write them.

/// Writes sizes with decimal units, as disks are sold.
public enum ByteText {
  private static let units = ["kB", "MB", "GB", "TB"]

  /// The size with two or three digits, such as "2.0 GB" or "340 MB".
  public static func text(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return bytes == 0 ? "0" : bytes == 1 ? "1 byte" : "\(bytes) bytes" }
    var value = Double(bytes) / 1000
    var unit = 0
    // What would be written as 1000 belongs to the next unit.
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    if value >= 9.95 { return "\(Int(value.rounded())) \(units[unit])" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
