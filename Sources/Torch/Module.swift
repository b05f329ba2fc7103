// Named parameters of a network, in a fixed order.
import CTorch

/// A part of a network: anything with named parameters.
public protocol Module {
  /// The parameters with their names, always in the same order.
  var parameters: [(name: String, tensor: Tensor)] { get }
}

extension Module {
  /// The parameters with `prefix` and a dot before their names, as they are called inside a larger module.
  public func parameters(under prefix: String) -> [(name: String, tensor: Tensor)] {
    parameters.map { (prefix + "." + $0.name, $0.tensor) }
  }

  /// The number of trained numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }

  /// Forgets all gradients.
  public func zeroGradients() throws(TorchError) {
    for parameter in parameters { try parameter.tensor.zeroGradient() }
  }

  /// Scales all gradients down together, so that their common Euclidean norm is at most `largest`.
  /// - Returns: the norm before; not a number when a gradient is not.
  @discardableResult
  public func clipGradients(to largest: Double) throws(TorchError) -> Double {
    let tensors = parameters.map(\.tensor)
    let handles = tensors.map(\.handle)
    var norm = 0.0
    try withExtendedLifetime(tensors) { () throws(TorchError) in
      try perform("clip gradients") { ctorch_clip_gradients(handles, handles.count, largest, &norm, $0) }
    }
    return norm
  }

  /// Copies in the values of tensors by name; throws the name of one that is missing or of another shape.
  public func load(_ tensors: [String: Tensor]) throws(TorchError) {
    for (name, parameter) in parameters {
      guard let source = tensors[name] else { throw TorchError("\(name): this parameter is missing") }
      guard source.shape == parameter.shape else {
        throw TorchError("\(name): the shape is \(source.shape), but the network needs \(parameter.shape)")
      }
      try parameter.blend(with: source)
    }
  }

  /// Copies of the values, by name.
  public func copies() throws(TorchError) -> [String: Tensor] {
    var copies: [String: Tensor] = [:]
    for (name, parameter) in parameters { copies[name] = try Tensor(parameter.floats(), shape: parameter.shape) }
    return copies
  }
}
