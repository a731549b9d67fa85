import CRankineKernels

/// An element type that the kernels compute in: `Float`, or `Double` for checks.
package protocol KernelScalar: BinaryFloatingPoint, Sendable, BitwiseCopyable {
  static var kernelType: rk_type { get }

  // Requirements, since code that is generic over the type converts and compares slowly.

  /// Rounds a value in Double.
  static func round(_ value: Double) -> Self

  /// The values in Double.
  static func doubles(_ values: UnsafeBufferPointer<Self>) -> [Double]
  /// Rounds values in Double; there is room for all of them.
  static func round(_ values: [Double], to target: UnsafeMutablePointer<Self>)
  /// Notes the columns of an array, given row by row, that hold a value other than zero.
  static func markNonzero(
    _ values: UnsafeBufferPointer<Self>, width: Int, in isNonzero: inout [Bool])
  /// Sets some columns of an array, given row by row, to zero.
  static func clear(_ columns: [Int], of values: UnsafeMutableBufferPointer<Self>, width: Int)
}

extension Float: KernelScalar {
  package static var kernelType: rk_type { RK_F32 }

  package static func round(_ value: Double) -> Float { Float(value) }

  package static func doubles(_ values: UnsafeBufferPointer<Float>) -> [Double] {
    values.map { Double($0) }
  }

  package static func round(_ values: [Double], to target: UnsafeMutablePointer<Float>) {
    for index in values.indices { target[index] = Float(values[index]) }
  }

  package static func markNonzero(
    _ values: UnsafeBufferPointer<Float>, width: Int, in isNonzero: inout [Bool]
  ) {
    for row in stride(from: 0, to: values.count, by: width) {
      for column in 0..<width where values[row + column] != 0 { isNonzero[column] = true }
    }
  }

  package static func clear(
    _ columns: [Int], of values: UnsafeMutableBufferPointer<Float>, width: Int
  ) {
    for row in stride(from: 0, to: values.count, by: width) {
      for column in columns { values[row + column] = 0 }
    }
  }
}

extension Double: KernelScalar {
  package static var kernelType: rk_type { RK_F64 }

  package static func round(_ value: Double) -> Double { value }

  package static func doubles(_ values: UnsafeBufferPointer<Double>) -> [Double] {
    Array(values)
  }

  package static func round(_ values: [Double], to target: UnsafeMutablePointer<Double>) {
    for index in values.indices { target[index] = values[index] }
  }

  package static func markNonzero(
    _ values: UnsafeBufferPointer<Double>, width: Int, in isNonzero: inout [Bool]
  ) {
    for row in stride(from: 0, to: values.count, by: width) {
      for column in 0..<width where values[row + column] != 0 { isNonzero[column] = true }
    }
  }

  package static func clear(
    _ columns: [Int], of values: UnsafeMutableBufferPointer<Double>, width: Int
  ) {
    for row in stride(from: 0, to: values.count, by: width) {
      for column in columns { values[row + column] = 0 }
    }
  }
}
