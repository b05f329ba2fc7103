// Numbers of settings as people read them.

/// Writes numbers.
public enum SettingText {
  /// The shortest way to write a number: 1, 0.95, -12.
  public static func text(_ value: Double) -> String {
    let rounded = value.rounded(decimals: 4)
    guard rounded == rounded.rounded(), abs(rounded) < 1e9 else { return "\(rounded)" }
    return "\(Int(rounded))"
  }
}
