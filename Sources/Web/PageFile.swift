// The files of the page, which are inside the program.

import Foundation

/// One file as it is served.
struct PageFile: Sendable {
  let type: String
  let body: Data

  private init(_ type: String, _ bytes: [UInt8]) {
    self.type = type + "; charset=utf-8"
    body = Data(bytes)
  }

  /// A table that is made by this program.
  init(json: Data) {
    type = "application/json; charset=utf-8"
    body = json
  }

  /// The page; only for those who have the key.
  static let index = PageFile("text/html", PackageResources.index_html)
  /// What others get: what to do.
  static let gate = PageFile("text/html", PackageResources.gate_html)

  /// What both need. Nothing in these files is secret.
  static let parts: [String: PageFile] = [
    "/style.css": PageFile("text/css", PackageResources.style_css),
    "/gate.js": PageFile("text/javascript", PackageResources.gate_js),
    "/main.js": PageFile("text/javascript", PackageResources.main_js),
    "/connection.js": PageFile("text/javascript", PackageResources.connection_js),
    "/heading.js": PageFile("text/javascript", PackageResources.heading_js),
    "/names.js": PageFile("text/javascript", PackageResources.names_js),
    "/wheel.js": PageFile("text/javascript", PackageResources.wheel_js),
    "/roll.js": PageFile("text/javascript", PackageResources.roll_js),
    "/knobs.js": PageFile("text/javascript", PackageResources.knobs_js),
    "/controls.js": PageFile("text/javascript", PackageResources.controls_js),
    "/patterns.js": PageFile("text/javascript", PackageResources.patterns_js),
    "/chooser.js": PageFile("text/javascript", PackageResources.chooser_js),
    "/rules.js": PageFile("text/javascript", PackageResources.rules_js),
    "/footer.js": PageFile("text/javascript", PackageResources.footer_js),
    "/icon.svg": PageFile("image/svg+xml", PackageResources.icon_svg),
    "/scales.json": PageFile(json: ScaleTable.json),
  ]

  /// The sections of the Thesaurus. Not among the parts, for they are made only when somebody chooses a pattern.
  static let patterns = PageFile(json: PatternTable.json)
}
