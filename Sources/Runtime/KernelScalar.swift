import CRankineKernels

/// An element type that the kernels compute in: `Float`, or `Double` for checks.
package protocol KernelScalar: BinaryFloatingPoint, Sendable, BitwiseCopyable {
  static var kernelType: rk_type { get }
}

extension Float: KernelScalar {
  package static var kernelType: rk_type { RK_F32 }
}

extension Double: KernelScalar {
  package static var kernelType: rk_type { RK_F64 }
}
