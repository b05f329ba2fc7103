// Which MIDI controller changes which setting.

import Improviser
import Music

/// From controllers' numbers to names of settings. A value.
struct ControllerMap: Equatable, Sendable {
  /// What a controller can do besides changing a setting.
  static let actions = ["answer", "panic"]
  /// Everything that can be learned.
  static var targets: [String] { AnswerSettings.parameters.map(\.name) + actions }

  /// The target of each controller.
  private(set) var targets: [Int: String] = [:]

  /// Nothing is mapped.
  init() {}

  /// The controllers of a target, in order.
  func controllers(of target: String) -> [Int] {
    targets.filter { $0.value == target }.keys.sorted()
  }

  /// Lets `controller` change `target`, which follows no other from now on.
  mutating func assign(_ controller: Int, to target: String) {
    forget(target)
    targets[controller] = target
  }

  /// Lets a further controller change `target`.
  mutating func add(_ controller: Int, to target: String) { targets[controller] = target }

  /// Takes in what the configuration file says, in place of what it said before. Its controllers and targets are those
  /// of the file alone; the others stay as they were learned.
  mutating func use(_ written: [Int: String], insteadOf old: [Int: String] = [:]) {
    for (controller, target) in old where targets[controller] == target { targets[controller] = nil }
    for target in Set(written.values) { forget(target) }
    for (controller, target) in written { targets[controller] = target }
  }

  /// What is left without the entries of `written`, which are kept elsewhere.
  func without(_ written: [Int: String]) -> ControllerMap {
    var map = self
    map.targets = targets.filter { written[$0.key] != $0.value }
    return map
  }

  /// Lets no controller change `target`.
  mutating func forget(_ target: String) { targets = targets.filter { $0.value != target } }

  /// The target that is meant by `name`, in any case.
  static func target(named name: String) throws(UnknownTarget) -> String {
    let key = name.lowercased()
    guard targets.contains(key) else { throw UnknownTarget(name: name) }
    return key
  }

  /// Whether a controller may be learned by moving it: bank selection and channel mode messages are sent by themselves,
  /// and the sustain pedal is pressed all the time.
  static func isLearnable(_ controller: Int, for target: String) -> Bool {
    switch controller {
    case 0, 32, 120...: false
    case 64: actions.contains(target)
    default: true
    }
  }
}

/// A name that no controller can change.
struct UnknownTarget: Error, Equatable, CustomStringConvertible {
  let name: String

  var description: String {
    let near = NearNames.nearest(to: name, among: ControllerMap.targets)
    let all = "there are \(ControllerMap.targets.joined(separator: ", "))."
    let advice = near.isEmpty ? all : "did you mean \(near.joined(separator: " or "))?"
    return "No controller can change \"\(name)\": \(advice)"
  }
}
