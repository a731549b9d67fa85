/// How the first values of a parameter are drawn.
public enum Initializer: Hashable, Sendable {
  /// Normal with mean 0 and standard deviation √(2 / fanIn).
  ///
  /// - Source: He, Zhang, Ren & Sun, ICCV 2015, section 2.2.
  case heNormal(fanIn: Int)
  case zeros
  /// Uniform on −bound..<bound.
  case uniform(bound: Double)
  case constant(Double)
  /// These, in the order of memory.
  case given([Double])
}
