// The elementary functions that the chain needs, from the C library.

internal import Glibc

extension Double {
  static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  static func exp2(_ x: Double) -> Double { Glibc.exp2(x) }
  static func log2(_ x: Double) -> Double { Glibc.log2(x) }
  static func log10(_ x: Double) -> Double { Glibc.log10(x) }
  static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
  static func atan2(_ y: Double, _ x: Double) -> Double { Glibc.atan2(y, x) }
}
