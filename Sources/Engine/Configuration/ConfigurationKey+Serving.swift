// The keys about who is told and what is kept.

import Foundation
import Glibc
import Improviser
import Logging

extension ConfigurationKey {
  static let osc: [ConfigurationKey] = [
    flag("osc", "enabled", ["Whether OSC is spoken."], .osc, noun: "OSC", \.osc.isOn),
    ConfigurationKey(
      table: "osc", name: "address",
      comment: [
        "The address to listen on; 127.0.0.1 can be reached from this machine alone. Any other lets everybody in its",
        "network play along: there is no password.",
      ], part: .osc, noun: "OSC's address",
      read: { (item, configuration) throws(BadValue) in
        let address = try word(item, "address", "an address")
        guard isAddress(address) else {
          throw BadValue(message: "address cannot be \(item.shown); use an address in numbers, such as 127.0.0.1.")
        }
        configuration.osc.address = address
      }, text: { TOMLItem.quoted($0.osc.address) }),
    ConfigurationKey(
      table: "osc", name: "port", comment: ["The UDP port, 1 to 65535."], part: .osc, noun: "OSC's port",
      read: { (item, configuration) throws(BadValue) in
        guard case .integer(let port) = item, (1...65535).contains(port) else {
          throw BadValue(message: "port cannot be \(item.shown); use a whole number from 1 to 65535.")
        }
        configuration.osc.port = port
      }, text: { "\($0.osc.port)" }),
    ConfigurationKey(
      table: "osc", name: "send-to",
      comment: ["Who gets everything without asking for it, such as [\"127.0.0.1:9001\"]."], part: .osc,
      noun: "the list of those that OSC is sent to",
      read: { (item, configuration) throws(BadValue) in
        let receivers = try words(item, "send-to", "\"host:port\"")
        for receiver in receivers where !isReceiver(receiver) {
          let shown = TOMLItem.text(receiver).shown
          throw BadValue(message: "send-to cannot be \(shown); use \"host:port\" such as \"127.0.0.1:9001\".")
        }
        configuration.osc.receivers = receivers
      }, text: { "[" + $0.osc.receivers.map(TOMLItem.quoted).joined(separator: ", ") + "]" }),
  ]

  static let record: [ConfigurationKey] = [
    flag(
      "record", "on", ["Whether everything that is played is kept from the start on (antiphon record)."], .record,
      noun: "recording", \.record.startsOn),
    flag(
      "record", "audio", ["Whether sound is kept as well as MIDI."], .record, noun: "recording of sound",
      \.record.audio),
    ConfigurationKey(
      table: "record", name: "limit",
      comment: ["What all recordings together may take: \"500 MB\", \"2 GB\"; a plain number counts megabytes."],
      part: .record, noun: "the limit of recordings",
      read: { (item, configuration) throws(BadValue) in
        guard let bytes = ByteCount.bytes(item), ByteCount.limits.contains(bytes) else {
          let (low, high) = (ByteCount.text(ByteCount.limits.lowerBound), ByteCount.text(ByteCount.limits.upperBound))
          throw BadValue(message: "limit cannot be \(item.shown); use \(low) to \(high), such as \"2 GB\".")
        }
        configuration.record.limitBytes = bytes
      }, text: { TOMLItem.quoted(ByteCount.text($0.record.limitBytes)) }),
  ]

  static let log: [ConfigurationKey] = [
    choice(
      "log", "level", ["How much to log: \(list(Logger.Level.allCases.map(\.rawValue)))."], .log,
      noun: "the level of the log", { (level: Logger.Level) in level.rawValue }, \.logLevel)
  ]

  /// Whether a text is an IPv4 or IPv6 address.
  private static func isAddress(_ text: String) -> Bool {
    var bytes = in6_addr()
    return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
  }

  /// Whether a text is "host:port".
  private static func isReceiver(_ text: String) -> Bool {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
      return false
    }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { return isAddress(String(host.dropFirst().dropLast())) }
    return !host.isEmpty && host.utf8.count <= 253
      && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
  }
}
