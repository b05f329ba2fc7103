// docs/faults.md: every fault names a test, and every test that it names exists.

import Foundation
import Testing

@Suite struct FaultTableTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  /// The text of a file of the repository: a path, a machine case, or the name of a file of tests.
  private static func text(_ name: String) -> String? {
    func read(_ path: String) -> String? { try? String(contentsOf: root.appending(path: path), encoding: .utf8) }
    if name.contains("/") { return read(name) }
    if let text = read("Tests/Machine/cases/" + name) { return text }
    let tests = FileManager.default.enumerator(atPath: root.appending(path: "Tests").path)
    while let path = tests?.nextObject() as? String {
      if path.hasSuffix("/\(name).swift") { return read("Tests/" + path) }
    }
    return nil
  }

  /// The third column of each row, after the fault.
  private static func rows() throws -> [(fault: String, tests: Substring)] {
    let text = try String(contentsOf: root.appending(path: "docs/faults.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| Fault |") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return (cells.first ?? "", Substring(cells.count == 3 ? cells[2] : ""))
    }
  }

  @Test func everyRowNamesTestsThatExist() throws {
    let rows = try Self.rows()
    #expect(rows.count >= 30)
    for (fault, tests) in rows {
      let files = tests.matches(of: /`([^`]+)`/)
      #expect(!files.isEmpty, "“\(fault)” names no test")
      for (index, file) in files.enumerated() {
        let text = Self.text(String(file.1))
        #expect(text != nil, "“\(fault)”: there is no \(file.1)")
        let end = index + 1 < files.count ? files[index + 1].range.lowerBound : tests.endIndex
        for name in tests[file.range.upperBound..<end].matches(of: /“([^”]+)”/) {
          #expect(text?.contains(name.1) == true, "“\(fault)”: \(file.1) has no \(name.1)")
        }
      }
    }
  }
}
