// Carries out what clients ask of the answering side.

import Control
import Improviser
import Music

/// Turns requests into changes on the desk. Any thread; files are read on the caller's.
struct AnsweringCommands: Sendable {
  let desk: Desk
  let styles: StyleStore
  let controllers: ControllerFile
  /// The state of the dialogue, as in `DialogueSummary`.
  let state: @Sendable () -> String

  /// The reply to a request that is not one for the server itself.
  func answer(_ request: Request) -> Message {
    do {
      switch request {
      case .settings: break
      case .set(let name, let value): try set(name, value)
      case .style(let name): try choose(name)
      case .mode(let mode): try set("mode", mode)
      case .scale(let rule, let scale): try setScale(rule, scale)
      case .styles: return .styles(list)
      case .learn(let name, let controller): return try learn(name, controller)
      case .forget(let name): return try forget(name)
      case .panic:
        desk.change { $0.orders.append(.panic) }
        return .done("Everything is silent.")
      case .answer: return handOver()
      case .watch, .status, .version, .ping, .reload, .record:
        return .failure(Failure(.failed, "\"\(request.command.rawValue)\" is not meant for the answering side."))
      }
      return .settings(SettingsList(desk.now))
    } catch let error as ControllerFileError {
      return .failure(Failure(.failed, "\(error)"))
    } catch SettingError.unavailable(let sentence) {
      return .failure(Failure(.failed, sentence))
    } catch {
      return .failure(Failure(.badValue, "\(error)"))
    }
  }

  private var list: StyleList {
    StyleList(
      current: desk.now.style,
      styles: styles.entries.map { entry in
        switch entry.result {
        case .success(let style):
          StyleList.Style(name: entry.name, summary: style.summary, path: entry.path, isOwn: entry.isOwn)
        case .failure(let error):
          StyleList.Style(
            name: entry.name, summary: "", path: entry.path, isOwn: entry.isOwn, problem: error.description)
        }
      })
  }

  private func set(_ name: String, _ value: String) throws {
    if name.lowercased() == "style" { return try choose(value) }
    // Lines are long enough for anything; names and words are not.
    let (name, value) = (String(name.prefix(100)), String(value.prefix(AnswerSettings.longestText)))
    try desk.set { (contents: inout Desk.Contents) throws(SettingError) in
      try contents.settings.set(name: name, text: value)
      contents.isChanged = contents.isChanged || AnswerSettings.parameters.contains { $0.name == name.lowercased() }
    }
  }

  private func choose(_ name: String) throws {
    let style = try styles.style(named: String(name.prefix(100)))
    try desk.set { (contents: inout Desk.Contents) throws(SettingError) in
      contents.settings = try style.applied(to: contents.settings)
      contents.style = style.name
      contents.isChanged = false
    }
  }

  private func setScale(_ rule: String, _ scale: String?) throws {
    let text = [rule, scale ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    try set("scale", text)
  }

  private func learn(_ name: String, _ controller: Int?) throws -> Message {
    let target = try ControllerMap.target(named: String(name.prefix(100)))
    guard let controller else {
      let until = MonotonicTime.now + Hands.learningPatience
      desk.change { $0.learning = Desk.Learning(name: target, until: until) }
      return .done("Move the controller that \(target) should follow, within \(Int(Hands.learningPatience)) seconds.")
    }
    desk.change {
      $0.controllers.assign(controller, to: target)
      $0.learning = nil
    }
    try controllers.write(desk.now.learnedControllers)
    return .done("Controller \(controller) changes \(target) from now on.")
  }

  private func forget(_ name: String?) throws -> Message {
    let target = try name.map { name throws(UnknownTarget) in try ControllerMap.target(named: name) }
    desk.change { contents in
      contents.learning = nil
      if let target { contents.controllers.forget(target) } else { contents.controllers = ControllerMap() }
    }
    try controllers.write(desk.now.learnedControllers)
    return .done("No controller changes \(target ?? "anything") any more.")
  }

  private func handOver() -> Message {
    guard desk.now.settings.mode == .answer else {
      return .failure(
        Failure(
          .failed, "In the mode \"\(desk.now.settings.mode)\" nothing is answered; choose antiphon mode answer."))
    }
    guard state() == "phrase" else {
      return .failure(Failure(.failed, "There is no phrase to answer yet; play one first."))
    }
    desk.change { $0.orders.append(.handOver) }
    return .done("The phrase is answered now.")
  }
}

extension ScaleRule {
  /// The rule as clients read it: `follow`, `off`, "lock D dorian", "lock D thesaurus:NAME", "D morph NAME NAME".
  var text: String {
    switch self {
    case .lock, .pattern: "lock \(self)"
    case .follow, .morph, .off: description
    }
  }
}
