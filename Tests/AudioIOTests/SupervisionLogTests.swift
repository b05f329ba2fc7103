// SupervisionLog: what is said, and how often.
import Logging
import Synchronization
import Testing

@testable import AudioIO

/// Keeps the lines.
private final class Lines: LogHandler, Sendable {
  // The values that swift-log lets change are not used here.
  var metadata: Logger.Metadata { get { [:] } set {} }
  var logLevel: Logger.Level { get { .trace } set {} }
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? { get { nil } set {} }
  func log(event: LogEvent) { lines.withLock { $0.append("\(event.level) \(event.message)") } }
}

@Suite struct SupervisionLogTests {
  @Test("xruns: counted, logged at most once a second")
  func xrunsAreLoggedOnceASecond() throws {
    let lines = Lines()
    let log = SupervisionLog(configuration: try JackConfiguration(), logger: Logger(label: "test") { _ in lines })
    log.record(xruns: 0, now: 10)
    #expect(lines.all == [])
    // A hundred looks within ten seconds, three new ones at each.
    for look in 1...100 { log.record(xruns: 3 * look, now: 10 + Double(look) * 0.1) }
    #expect((10...11).contains(lines.all.count))
    #expect(lines.all.first == "warning 3 xruns, 3 in all")
    #expect(lines.all[1] == "warning 30 xruns, 33 in all")
    let before = lines.all.count
    for look in 0..<50 { log.record(xruns: 300, now: 21 + Double(look)) }
    #expect(lines.all.count <= before + 1)
  }

  @Test func warningsAreSaidOnce() throws {
    let lines = Lines()
    let log = SupervisionLog(configuration: try JackConfiguration(), logger: Logger(label: "test") { _ in lines })
    for _ in 0..<5 { log.record(warnings: ["The audio thread was refused."], except: nil) }
    #expect(lines.all == ["warning The audio thread was refused."])
  }
}
