// Attention of several heads as standard operators.

extension NetworkGraph {
  /// Values [batch, steps, width] as heads: [batch, heads, steps, width / heads].
  mutating func split(_ x: Value, heads: Int, width: Int, as name: String) -> Value {
    let parts = reshape(x, [0, 0, heads, width / heads], as: name + "_parts")
    return permute(parts, [0, 2, 1, 3], as: name)
  }

  /// The scores of queries with keys, both [batch, heads, …, width of a head]: [batch, heads, steps, keys].
  mutating func attentionScores(_ queries: Value, _ keys: Value, as name: String) -> Value {
    matmul(queries, permute(keys, [0, 1, 3, 2], as: name + "_keys"), as: name)
  }

  /// Means of the values [batch, heads, keys, part] by the softmax of scores, joined to [batch, steps, width].
  mutating func attended(
    _ scores: Value, _ values: Value, width: Int, as name: String
  ) -> Value {
    let weights = softmax(scores, axis: -1, as: name + "_weights")
    let means = matmul(weights, values, as: name + "_means")
    let joined = permute(means, [0, 2, 1, 3], as: name + "_joined")
    return reshape(joined, [0, 0, width], as: name)
  }

  /// Scores [batch, heads, steps, keys] of a dense layer's queries and keys, which go on to `attended`.
  mutating func scaled(_ scores: Value, width: Int, as name: String) -> Value {
    product(scores, number(1 / Float(width).squareRoot()), as: name)
  }

  /// x · Φ(x), with Φ the normal distribution.
  mutating func gelu(_ x: Value, as name: String) -> Value {
    let part = node("Mul", [x.name, number(Float(0.5).squareRoot()).name], as: [name + "_part"])
    let area = node("Erf", part, as: [name + "_area"])
    let raised = node("Add", area + [number(1).name], as: [name + "_raised"])
    let double = node("Mul", [x.name] + raised, as: [name + "_double"])
    return add("Mul", double + [number(0.5).name], as: name, code: "torch.gelu(\(x.code))")
  }
}
