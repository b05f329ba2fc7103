// `antiphon status`: how the daemon fares.

import ArgumentParser
import Control

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how the daemon fares: audio, analysis, model, warnings.")

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let output = StandardOutput()
    do {
      let reply = try socket.connect().ask(.status)
      switch reply {
      case .status(let status):
        let lines = json ? [LineCodec.text(status)] : StatusText.lines(status)
        for line in lines { try output.line(line) }
      case .failure(let failure): throw ControlError.refused(failure.message)
      default: throw ControlError.refused("it sent no status; update antiphond and antiphon together.")
      }
    } catch OutputError.readerGone {
      return
    } catch {
      output.complain("antiphon: \(error)")
      throw ExitCode(for: error)
    }
  }
}
