// A scale as the protocol writes it: tonic, family and the name to show.

public import Music

/// A scale, or "no scale", with its name; used for the steady scale and for candidates.
///
/// The family is a string, not a `ScaleFamily`, so that a client can show families that are newer than itself.
public struct ScaleName: Equatable, Sendable {
  /// 0...11 with C = 0; nil for "no scale".
  public var tonic: Int?
  /// A family's raw value such as `natural_minor`; `none` for "no scale".
  public var family: String
  /// As a musician spells it: "E♭ dorian"; "no scale".
  public var name: String

  /// Names a scale; nil names "no scale".
  public init(_ scale: Scale?) {
    tonic = scale?.tonic.rawValue
    family = scale?.family.rawValue ?? "none"
    name = scale?.name ?? "no scale"
  }

  /// The scale as a value; nil for "no scale" and for families that this program doesn't know.
  public var scale: Scale? {
    guard let tonic, let pitchClass = PitchClass(rawValue: tonic), let family = ScaleFamily(rawValue: family) else {
      return nil
    }
    return Scale(tonic: pitchClass, family: family)
  }
}

extension ScaleName: Codable {
  private enum Key: String, CodingKey {
    case tonic, family, name
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    tonic = try fields.decodeIfPresent(Int.self, forKey: .tonic)
    family = try fields.decode(String.self, forKey: .family)
    name = try fields.decode(String.self, forKey: .name)
  }

  /// Writes the tonic even when it is null, so that every object has the same keys.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(tonic, forKey: .tonic)
    try fields.encode(family, forKey: .family)
    try fields.encode(name, forKey: .name)
  }
}
