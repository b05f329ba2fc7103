// Files that people write by hand: any text is a configuration or a style, or is wrong in lines.

import FuzzSupport
import Improviser

@testable import Engine

/// The input is the text of a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    // As from a file: neither zero bytes nor anything but UTF-8 comes through.
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { return }
    checkStyle(text)
    checkConfiguration(text)
  }
}

private func checkStyle(_ text: String) {
  do throws(StyleError) {
    let style = try StyleReader.style(text, name: "fuzzed", path: "fuzzed.toml")
    FuzzInput.check(!style.summary.contains(where: \.isNewline), "a summary is a line")
    do throws(SettingError) {
      let settings = try style.applied(to: AnswerSettings())
      for parameter in AnswerSettings.parameters {
        FuzzInput.check(parameter.range.contains(parameter.get(settings)), "\(parameter.name) stays in its range")
      }
    } catch {
      FuzzInput.check(false, "a style that was read can be applied: \(error)")
    }
  } catch {
    FuzzInput.check(!error.description.isEmpty, "an error says what is wrong")
  }
}

private func checkConfiguration(_ text: String) {
  let reading = ConfigurationReading(text: text)
  let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
  for problem in reading.problems {
    let isSentence = !problem.message.isEmpty && !problem.message.contains(where: \.isNewline)
    FuzzInput.check(isSentence, "a problem is one sentence: \(problem.message)")
    FuzzInput.check((1...lines).contains(problem.line ?? 1), "line \(problem.line ?? 1) is one of the \(lines)")
  }
  FuzzInput.check(reading.problems.count <= 51, "the problems are few")
  guard reading.problems.isEmpty else { return }
  do throws(SettingError) {
    _ = try reading.configuration.settings(Style.standard)
  } catch {
    FuzzInput.check(false, "a configuration without problems can be obeyed: \(error)")
  }
  checkText(of: reading.configuration)
}

/// What a configuration says, written down as the default text does it, is read as the same configuration.
private func checkText(of configuration: Configuration) {
  var text = ""
  for table in ConfigurationKey.tables where table != ConfigurationKey.controllers {
    text += "[\(table)]\n"
    for key in ConfigurationKey.all where key.table == table {
      if let value = key.text(configuration) { text += "\(key.name) = \(value)\n" }
    }
  }
  text += "[\(ConfigurationKey.controllers)]\n"
  for target in Set(configuration.controllers.values).sorted() {
    let numbers = configuration.controllers.filter { $0.value == target }.keys.sorted()
    text += "\(TOMLItem.quoted(target)) = \(numbers)\n"
  }
  let again = ConfigurationReading(text: text)
  FuzzInput.check(again.problems.isEmpty, "what is written has no problems: \(again.problems)")
  FuzzInput.check(again.configuration == configuration, "a configuration survives its text:\n\(text)")
}
