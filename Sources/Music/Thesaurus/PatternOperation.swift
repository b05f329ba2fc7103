// The operations that add notes to the principal tones.

/// Where the added notes of a pattern lie: inside the interval of two principal tones (interpolation), below its first
/// tone (infrapolation), above its second (ultrapolation), or in several of these places.
public enum PatternOperation: String, CaseIterable, Codable, Sendable {
  case interpolation
  case infrapolation
  case ultrapolation
  case infraInterpolation = "infra-interpolation"
  case infraUltrapolation = "infra-ultrapolation"
  case interUltrapolation = "inter-ultrapolation"
  case infraInterUltrapolation = "infra-inter-ultrapolation"

  /// Notes are added below the first principal tone.
  public var hasInfrapolation: Bool {
    switch self {
    case .infrapolation, .infraInterpolation, .infraUltrapolation, .infraInterUltrapolation: true
    case .interpolation, .ultrapolation, .interUltrapolation: false
    }
  }

  /// Notes are added between the principal tones.
  public var hasInterpolation: Bool {
    switch self {
    case .interpolation, .infraInterpolation, .interUltrapolation, .infraInterUltrapolation: true
    case .infrapolation, .ultrapolation, .infraUltrapolation: false
    }
  }

  /// Notes are added above the second principal tone.
  public var hasUltrapolation: Bool {
    switch self {
    case .ultrapolation, .infraUltrapolation, .interUltrapolation, .infraInterUltrapolation: true
    case .interpolation, .infrapolation, .infraInterpolation: false
    }
  }

  /// The operation that adds notes in exactly these places; nil when there are none.
  init?(infrapolation: Bool, interpolation: Bool, ultrapolation: Bool) {
    let found = Self.allCases.first {
      $0.hasInfrapolation == infrapolation && $0.hasInterpolation == interpolation
        && $0.hasUltrapolation == ultrapolation
    }
    guard let found else { return nil }
    self = found
  }

  /// The operation of a written name, in any case and with a space, an underscore or nothing for the hyphens.
  ///
  /// - Returns: nil when the name is unknown.
  public init?(name: String) {
    let key = Self.key(name)
    guard let found = Self.allCases.first(where: { Self.key($0.rawValue) == key }) else { return nil }
    self = found
  }

  private static func key(_ name: String) -> String { name.lowercased().filter { !" _-".contains($0) } }
}
