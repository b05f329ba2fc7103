// OSC packets: any bytes are messages or are refused with a sentence, and so is what the messages ask for.

import Control
import FuzzSupport

@testable import OSC

/// The input is a packet.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    do throws(OSCError) {
      let messages = try OSCPacket.parse(bytes)
      check(messages)
      for message in messages { obey(message) }
    } catch {
      FuzzInput.check(!error.description.isEmpty, "an error says what is wrong")
    }
  }
}

private func check(_ messages: [OSCMessage]) {
  FuzzInput.check(messages.count <= OSCPacket.largestCount, "a packet holds a bounded number of messages")
  let packet = OSCPacket.bundle(messages, at: OSCTimeTag(rawValue: 1))
  guard packet.count <= OSCPacket.largestSize else { return }
  do throws(OSCError) {
    let again = try OSCPacket.parse(packet)
    FuzzInput.check(again.map(\.bytes) == messages.map(\.bytes), "messages survive their bytes")
  } catch {
    FuzzInput.check(false, "what is written is read: \(error)")
  }
}

/// What the server does first with a message.
private func obey(_ message: OSCMessage) {
  do throws(Failure) {
    guard case .request(let request) = try OSCCommand(message) else { return }
    let line = LineCodec.encode(request)
    FuzzInput.check(line.last == UInt8(ascii: "\n") && line.count > 2, "\(request) can be written")
  } catch {
    FuzzInput.check(!error.message.isEmpty, "a failure says what is wrong")
  }
}
