// The page's files as they are inside the program.

import Foundation
import Testing

@testable import Web

@Suite struct PageFileTests {
  private func text(_ file: PageFile) -> String { String(decoding: file.body, as: UTF8.self) }

  @Test func nothingComesFromElsewhere() {
    for (path, file) in PageFile.parts.merging(["/": .index, "/gate": .gate], uniquingKeysWith: { $1 }) {
      let addresses = text(file).matches(of: #/https?:\/\/[^\s"'`]*/#).map { String($0.output) }
      // A namespace is a name, not an address.
      #expect(addresses.allSatisfy { $0.hasPrefix("http://www.w3.org/") }, "\(path) names \(addresses)")
    }
  }

  @Test func whatIsNamedIsThere() {
    let files = [PageFile.index, .gate] + PageFile.parts.values
    for file in files {
      for match in text(file).matches(of: #/(?:src|href|from)[= ]"\.?\/?([a-z]+\.[a-z]+)"/#) {
        #expect(PageFile.parts["/" + match.output.1] != nil, "\(match.output.1) is not served")
      }
    }
  }

  @Test func scriptsFindTheirElements() {
    let ids = Set(text(.index).matches(of: #/ id="([A-Za-z]+)"/#).map { String($0.output.1) })
    for (path, file) in PageFile.parts where path.hasSuffix(".js") && path != "/gate.js" {
      for match in text(file).matches(of: #/(?:byId|getElementById|on)\("([A-Za-z]+)"[),]/#) {
        let id = String(match.output.1)
        let isEvent = text(file).contains("connection.on(\"\(id)\"")
        #expect(isEvent || ids.contains(id), "\(path) looks for \(id)")
      }
    }
    #expect(ids.count > 20)
  }
}
