// Decodes latent vectors to patterns while playing.

import Foundation
public import Music

/// The decoder with its scratch memory; one thread at a time. After `init` nothing is allocated.
public final class PatternDecoder {
  /// The weights.
  public let model: ThesaurusModel
  private var first, second, output: [Float]

  /// - Parameter model: shared between decoders.
  public init(model: ThesaurusModel) {
    self.model = model
    first = [Float](repeating: 0, count: model.hidden.roundedUpToPanel)
    second = first
    output = [Float](repeating: 0, count: PatternLogits.count.roundedUpToPanel)
  }

  /// The most probable pattern at `latent`, which holds the model's `latent` numbers.
  public func decode(_ latent: UnsafeBufferPointer<Float>) -> ThesaurusPattern {
    logits(latent) { PatternLogits.mostProbable($0) }
  }

  /// Decodes an array; traps unless it holds the model's `latent` numbers.
  public func decode(_ latent: [Float]) -> ThesaurusPattern {
    latent.withUnsafeBufferPointer { decode($0) }
  }

  /// The 36 logits at an array, to keep; traps unless it holds the model's `latent` numbers. Allocates.
  func logits(_ latent: [Float]) -> [Float] {
    latent.withUnsafeBufferPointer { latent in
      logits(latent) { Array(UnsafeBufferPointer(start: $0, count: PatternLogits.count)) }
    }
  }

  /// Hands the 36 logits at `latent` to `body`; they are valid until it returns.
  public func logits<Result>(_ latent: UnsafeBufferPointer<Float>, _ body: (UnsafePointer<Float>) -> Result) -> Result {
    precondition(latent.count == model.latent, "a latent vector has the model's length")
    return first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        output.withUnsafeMutableBufferPointer { output in
          let bases = (latent.baseAddress, first.baseAddress, second.baseAddress, output.baseAddress)
          guard case (let latent?, let first?, let second?, let output?) = bases else {
            preconditionFailure("no buffer is empty")
          }
          model.decoder[0].process(latent, first)
          for index in 0..<model.hidden { first[index] = tanh(first[index]) }
          model.decoder[1].process(first, second)
          for index in 0..<model.hidden { second[index] = tanh(second[index]) }
          model.decoder[2].process(second, output)
          return body(output)
        }
      }
    }
  }
}
