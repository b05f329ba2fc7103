// Model files: any bytes are refused with a sentence, or are a model that can be asked without harm.

import Foundation
import FuzzSupport
import Improviser
import MIDI
import Neural
import ScaleDetector

/// An input that begins with "{" is a header in JSON up to the first end of a line, then the tensors; the eight bytes
/// of length are put before it, for else no change in a header could get past them. Any other input is a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    var file = bytes
    if bytes.first == UInt8(ascii: "{"), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      file = (0..<8).map { UInt8(truncatingIfNeeded: (end + 1) >> ($0 * 8)) } + bytes
    }
    do throws(ModelError) {
      try read(SafetensorsFile(data: Data(file), name: "fuzzed.safetensors"))
    } catch {
      checkSentence(error)
    }
  }
}

private func checkSentence(_ error: ModelError) {
  FuzzInput.check(error.description.contains("fuzzed.safetensors"), "an error names the file: \(error)")
}

private func read(_ file: SafetensorsFile) throws(ModelError) {
  for tensor in file.tensors {
    let bytes = file.withBytes(of: tensor.name) { $0.reduce(0) { $0 ^ $1 } }
    FuzzInput.check(bytes != nil, "every tensor has its bytes")
  }
  switch file.metadata["architecture"] {
  case ChromaLite.architecture: ask(try ChromaLite(file))
  case NoteModel.architecture: ask(try NoteModel(file), try LongTermMemory(file))
  default: _ = try LongTermMemory(file)
  }
}

/// Weights may be as large as numbers are; whatever comes of them stays a probability.
private func ask(_ model: ChromaLite) {
  let steps = 8
  let history = (0..<steps * ChromaLite.featureCount).map { Float($0 % 7) / 6 }
  let posterior = model.classify(history: history)
  for probability in posterior.probabilities {
    FuzzInput.check((0...1.001).contains(probability), "\(probability) is a probability")
  }
}

/// A short phrase and its answer.
private func ask(_ model: NoteModel, _ memory: LongTermMemory?) {
  let improviser = Improviser(model: model, longTerm: memory)
  var now = 0.0
  var isSounding: Set<Int> = []
  func advance() {
    improviser.advance(to: now) { event in
      switch event {
      case .noteOn(_, let pitch, let velocity, _):
        FuzzInput.check((0...127).contains(pitch) && (1...127).contains(velocity), "\(event) is in range")
        isSounding.insert(pitch)
      case .noteOff(_, let pitch, _): isSounding.remove(pitch)
      default: break
      }
    }
  }
  for pitch in [60, 64, 67] {
    improviser.hear(.noteOn(channel: 0, pitch: pitch, velocity: 80), at: now)
    now += 0.2
    improviser.hear(.noteOff(channel: 0, pitch: pitch, velocity: 64), at: now)
    advance()
  }
  while let deadline = improviser.nextDeadline {
    FuzzInput.check(deadline < 120, "the answer ends")
    now = max(now, deadline)
    advance()
  }
  FuzzInput.check(isSounding.isEmpty, "every note has ended")
}
