// What lies on the desk, as the protocol writes it.

import Control
import Improviser

extension SettingsList {
  /// All settings.
  init(_ desk: Desk.Contents) {
    self.init(
      style: desk.style, isChanged: desk.isChanged, mode: desk.settings.mode.rawValue,
      scaleRule: desk.settings.scaleRule.text,
      settings: AnswerSettings.parameters.map { parameter in
        Setting(
          name: parameter.name, value: parameter.get(desk.settings), range: parameter.range,
          unit: parameter.isSwitch ? "switch" : parameter.unit, summary: parameter.summary,
          controller: desk.controllers.controllers(of: parameter.name).first)
      })
  }
}
