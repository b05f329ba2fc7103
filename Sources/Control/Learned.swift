// The news that a setting has found its controller.

/// A setting and the MIDI controller that it follows from now on.
public struct Learned: Codable, Equatable, Sendable {
  /// The setting's name.
  public var name: String
  /// The controller's number, 0...127.
  public var controller: Int
  /// The keyboard that it was moved on, when it was found by moving it.
  public var keyboard: String?

  /// Names a setting and its controller.
  public init(name: String, controller: Int, keyboard: String? = nil) {
    self.name = name
    self.controller = controller
    self.keyboard = keyboard
  }
}
