import CRankineKernels
import Testing

/// An element type of the kernels.
protocol KernelReal: BinaryFloatingPoint, Sendable {
  static var kernelType: rk_type { get }
  /// A few units in the last place, relative.
  static var tolerance: Double { get }
}

extension Float: KernelReal {
  static var kernelType: rk_type { RK_F32 }
  static var tolerance: Double { 4e-7 }
}

extension Double: KernelReal {
  static var kernelType: rk_type { RK_F64 }
  static var tolerance: Double { 8e-16 }
}

/// Runs the body once for each instruction-set level of this machine, forced on this thread.
func onEveryLevel(_ body: (rk_level) throws -> Void) rethrows {
  let before = rk_current_level()
  defer { _ = rk_set_level(before) }
  for level in [RK_BASELINE, RK_AVX2, RK_AVX512] where level.rawValue <= rk_best_level().rawValue {
    #expect(rk_set_level(level) == level)
    try body(level)
  }
}

/// Relative to the larger magnitude or to `scale`; NaN equals NaN, an infinity only itself.
func isClose(_ a: Double, _ b: Double, within tolerance: Double, scale: Double = 1) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  if a == b { return true }
  return abs(a - b) <= tolerance * max(scale, min(abs(a), abs(b)))
}

func areClose<Real: KernelReal>(
  _ a: [Real], _ b: [Double], within tolerance: Double, scale: Double = 1
) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { isClose(Double($0), $1, within: tolerance, scale: scale) }
}

/// Memory of exactly the elements given, so that an address sanitizer sees any access beyond.
final class Memory<Real: KernelReal> {
  let base: UnsafeMutablePointer<Real>
  let count: Int

  init(_ values: [Real]) {
    count = values.count
    base = .allocate(capacity: values.count)
    base.initialize(from: values, count: values.count)
  }

  convenience init(count: Int, filledWith value: Real = -77) {
    self.init(Array(repeating: value, count: count))
  }

  deinit {
    base.deallocate()
  }

  var values: [Real] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
