// A named tensor of an example.

/// An input or an output of a network with its values, row-major.
struct ExampleTensor {
  let name: String
  let shape: [Int]
  var floats: [Float] = []
  /// In place of `floats` where the values are classes.
  var integers: [Int64] = []
}
