// The control socket: any bytes are cut into lines, and any line is a request, a message or a failure with a sentence.

import FuzzSupport
import Improviser

@testable import Control

/// The first byte gives the size of the pieces in which the stream comes, the second the cap on a line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    let stream = bytes.dropFirst(2)
    let cap = bytes.count > 1 && bytes[1] > 0 ? Int(bytes[1]) : ControlProtocol.maximumLineLength
    let items = lines(of: stream, cap: cap, piece: stream.count)
    FuzzInput.check(items == lines(of: stream, cap: cap, piece: Int(bytes.first ?? 0) + 1), "pieces change no line")
    for item in items {
      guard case .line(let line) = item else { continue }
      FuzzInput.check(!line.isEmpty && line.count <= cap, "a line keeps to the cap")
      checkRequest(line)
      checkMessage(line)
    }
  }
}

private func lines(of stream: ArraySlice<UInt8>, cap: Int, piece: Int) -> [LineBuffer.Item] {
  var buffer = LineBuffer(cap: cap)
  var items: [LineBuffer.Item] = []
  var offset = stream.startIndex
  while offset < stream.endIndex {
    let end = min(offset + piece, stream.endIndex)
    buffer.append(stream[offset..<end]) { items.append($0) }
    offset = end
  }
  return items
}

private func checkRequest(_ line: [UInt8]) {
  do throws(Failure) {
    let request = try LineCodec.request(line)
    let again = LineCodec.encode(request)
    FuzzInput.check(again.last == UInt8(ascii: "\n") && again.dropLast().allSatisfy { $0 != 10 }, "a request is a line")
    FuzzInput.check(try LineCodec.request(again.dropLast()) == request, "\(request) survives its line")
    apply(request)
  } catch {
    FuzzInput.check(!error.message.isEmpty, "a failure says what is wrong")
  }
}

/// What the daemon does first with a request that carries words.
private func apply(_ request: Request) {
  var settings = AnswerSettings()
  do throws(SettingError) {
    switch request {
    case .set(let name, let value): try settings.set(name: name, text: value)
    case .mode(let mode): try settings.set(name: "mode", text: mode)
    case .scale(let rule, let scale): try settings.set(name: "scale", text: rule + " " + (scale ?? ""))
    case .learn(let name, _): _ = try AnswerSettings.Parameter.named(name)
    default: break
    }
  } catch {
    FuzzInput.check(!error.description.isEmpty, "an error says what is wrong")
  }
  for parameter in AnswerSettings.parameters {
    FuzzInput.check(parameter.range.contains(parameter.get(settings)), "\(parameter.name) stays in its range")
  }
}

/// What a client does with a line of the server.
private func checkMessage(_ line: [UInt8]) {
  guard let message = LineCodec.message(line) else { return }
  FuzzInput.check(LineCodec.message(LineCodec.encode(message).dropLast()) != nil, "a message survives its line")
}
