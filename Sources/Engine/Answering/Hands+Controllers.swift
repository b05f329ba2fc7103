// Knobs and pedals that change settings, and how they are learned.

import Control
import Improviser

extension Hands {
  /// Seconds for which a setting waits for its controller.
  static let learningPatience = 60.0

  /// Takes in a controller; returns whether it was meant for us and goes no further.
  func control(_ controller: Int, _ value: Int, from source: String, at time: Double) -> Bool {
    if let waiting = learning, ControllerMap.isLearnable(controller, for: waiting.name) {
      learn(controller, for: waiting, from: source, at: time)
      return true
    }
    guard let target = controllers.targets[controller] else { return false }
    switch target {
    case "answer": if isPressed(controller, value) { obey(.handOver, at: time) }
    case "panic": if isPressed(controller, value) { obey(.panic, at: time) }
    default: turn(target, to: Double(value) / 127, at: time)
    }
    pressed[controller] = value >= 64
    return true
  }

  /// A pedal acts when it goes down, not while it is held there.
  private func isPressed(_ controller: Int, _ value: Int) -> Bool {
    value >= 64 && pressed[controller] != true
  }

  /// Sets a setting from the place of a knob, 0...1.
  private func turn(_ name: String, to position: Double, at time: Double) {
    guard let parameter = AnswerSettings.parameters.first(where: { $0.name == name }) else { return }
    parts.desk.note { desk in
      parameter.set(&desk.settings, parameter.value(atKnob: position))
      desk.isChanged = true
    }
    takeOrders(at: time)
  }

  private func learn(_ controller: Int, for waiting: Desk.Learning, from source: String, at time: Double) {
    parts.desk.note { desk in
      desk.controllers.assign(controller, to: waiting.name)
      desk.learning = nil
      desk.learned.append(Learned(name: waiting.name, controller: controller, keyboard: source))
    }
    takeOrders(at: time)
  }

  /// Nobody has moved anything.
  func endLearning(_ waiting: Desk.Learning) {
    parts.desk.note { if $0.learning == waiting { $0.learning = nil } }
    learning = nil
    report.learning = nil
  }
}
