// The command antiphon-benchmark: times the network steps that scripts/benchmark compares with other libraries.
import Foundation
import Improviser
import Neural

/// Times networks read from safetensors files and prints a line of JSON for each.
///
///     antiphon-benchmark FILE…
///     antiphon-benchmark morph FILE
///
/// A file is either a note model, of which one note is timed, or a stack of layers: "lstm.<n>.weight_ih", ".weight_hh",
/// ".bias", "dense.weight", "dense.bias" and "input". Both precisions of weights are timed, on one thread, with warm
/// and with swept caches. After "morph" stands the model of patterns, of which steps between two patterns are timed.
@main
struct AntiphonBenchmark {
  static func main() throws {
    let files = CommandLine.arguments.dropFirst()
    guard !files.isEmpty else {
      leave(2, "name a note model, a file that scripts/benchmark-lstm.py has made, or morph FILE.")
    }
    do {
      if files.first == "morph" {
        guard files.count == 2, let file = files.last else { leave(2, "name the model of patterns after morph.") }
        print(MorphTimes(try ThesaurusModel(contentsOf: URL(filePath: file))).text)
        return
      }
      for file in files {
        let opened = try SafetensorsFile(contentsOf: URL(filePath: file), remedy: "Run scripts/benchmark again")
        for precision in WeightPrecision.allCases {
          let line =
            opened.metadata["architecture"] == NoteModel.architecture
            ? try note(NoteModel(opened, precision: precision))
            : try step(BenchmarkNetwork(opened, precision: precision))
          print(String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
        }
      }
    } catch let error as ModelError {
      leave(1, "\(error)")
    }
  }

  /// One step of a stack of layers.
  private static func step(_ network: BenchmarkNetwork) -> Line {
    let times = StepTimes.measure { network.step() }
    return Line(precision: network.precision, times: times, output: network.firstOutput())
  }

  /// One note read and every part of the next one predicted.
  private static func note(_ model: NoteModel) -> Line {
    let state = NoteModelState(model)
    let event = NoteEvent(interval: 12, pitch: 60, duration: 12, velocity: 64)
    let times = StepTimes.measure {
      state.advance(event, scale: nil)
      _ = state.intervalLogits()
      _ = state.pitchLogits(interval: 8)
      _ = state.durationLogits(interval: 8, pitch: 62)
      _ = state.velocityLogits(interval: 8, pitch: 62, duration: 8)
    }
    return Line(precision: model.precision, times: times, output: [])
  }

  private static func leave(_ status: Int32, _ reason: String) -> Never {
    FileHandle.standardError.write(Data("antiphon-benchmark: \(reason)\n".utf8))
    exit(status)
  }

  /// One line of the output: medians in microseconds, and a stack's output after one step from zeros, to compare.
  private struct Line: Encodable {
    let precision: String
    let warm: Double
    let cold: Double
    let output: [Float]

    init(precision: WeightPrecision, times: StepTimes, output: [Float]) {
      self.precision = precision.rawValue
      warm = times.warm
      cold = times.cold
      self.output = output
    }
  }
}
