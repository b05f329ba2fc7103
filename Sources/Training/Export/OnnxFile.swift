// Writes network graphs as ONNX models.
import Foundation

/// The messages of ONNX that a network needs, with the field numbers of its onnx.proto.
///
/// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; IR version 8, operator set 17.
enum OnnxFile {
  private static let formatVersion = 8
  private static let operatorSet = 17
  private static let floatType = 1
  private static let integerType = 7

  /// The bytes of a ModelProto.
  static func data(_ graph: NetworkGraph, metadata: [String: String]) -> Data {
    var model = ProtobufWriter()
    model.integer(1, formatVersion)
    model.string(2, "antiphon-train")
    model.integer(5, 1)
    model.string(6, graph.summary)
    model.message(7) { write(graph, to: &$0) }
    model.message(8) { set in
      set.string(1, "")
      set.integer(2, operatorSet)
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      model.message(14) { entry in
        entry.string(1, key)
        entry.string(2, value)
      }
    }
    return model.data
  }

  private static func write(_ graph: NetworkGraph, to proto: inout ProtobufWriter) {
    for (index, node) in graph.nodes.enumerated() {
      proto.message(1) { write(node, index, to: &$0) }
    }
    proto.string(2, graph.name)
    for weight in graph.initializers { proto.message(5) { write(weight, to: &$0) } }
    proto.string(10, graph.summary)
    for port in graph.inputs { proto.message(11) { write(port, to: &$0) } }
    for port in graph.outputs { proto.message(12) { write(port, to: &$0) } }
  }

  private static func write(_ node: NetworkGraph.Node, _ index: Int, to proto: inout ProtobufWriter) {
    for input in node.inputs { proto.string(1, input) }
    for output in node.outputs { proto.string(2, output) }
    proto.string(3, "\(node.type)_\(index)")
    proto.string(4, node.type)
    for (name, value) in node.attributes {
      proto.message(5) { attribute in
        attribute.string(1, name)
        switch value {
        case .float(let number):
          attribute.float(2, number)
          attribute.integer(20, 1)
        case .integer(let number):
          attribute.integer(3, number)
          attribute.integer(20, 2)
        case .string(let text):
          attribute.string(4, text)
          attribute.integer(20, 3)
        case .integers(let numbers):
          for number in numbers { attribute.integer(8, number) }
          attribute.integer(20, 7)
        }
      }
    }
  }

  private static func write(_ weight: NetworkGraph.Weight, to proto: inout ProtobufWriter) {
    proto.packed(1, integers: weight.shape)
    let isInteger = !weight.integers.isEmpty
    proto.integer(2, isInteger ? integerType : floatType)
    proto.string(8, weight.name)
    // Raw data is little-endian, as is every machine that Swift on Linux runs on.
    let bytes = isInteger
      ? weight.integers.map { Int64($0) }.withUnsafeBytes { Data($0) } : weight.floats.withUnsafeBytes { Data($0) }
    proto.bytes(9, bytes)
  }

  private static func write(_ port: NetworkGraph.Port, to proto: inout ProtobufWriter) {
    proto.string(1, port.name)
    proto.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, port.type == .integer ? integerType : floatType)
        tensor.message(2) { shape in
          for size in port.shape {
            shape.message(1) { dimension in
              switch size {
              case .fixed(let count): dimension.integer(1, count)
              case .named(let name): dimension.string(2, name)
              }
            }
          }
        }
      }
    }
    proto.string(3, port.meaning)
  }
}
