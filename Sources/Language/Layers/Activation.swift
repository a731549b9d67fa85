import RankineGraph

/// A function that a layer applies to each of its outputs.
public struct Activation: Sendable {
  /// What `--set` and descriptions call it.
  public let name: String
  let function: @Sendable (Tensor) -> Tensor

  /// An activation of one's own.
  public init(_ name: String, _ function: @escaping @Sendable (Tensor) -> Tensor) {
    (self.name, self.function) = (name, function)
  }

  var isIdentity: Bool { name == "identity" }

  /// The function at each element.
  public func callAsFunction(_ x: Tensor) -> Tensor { function(x) }

  /// x itself.
  public static let identity = Activation("identity") { $0 }
  /// x·σ(x).
  public static let silu = Activation("silu") { RankineGraph.silu($0) }
  /// max(x, 0).
  public static let relu = Activation("relu") { RankineGraph.relu($0) }
  /// Hyperbolic tangent.
  public static let tanh = Activation("tanh") { RankineGraph.tanh($0) }
  /// 1/(1 + e⁻ˣ).
  public static let sigmoid = Activation("sigmoid") { RankineGraph.sigmoid($0) }
  /// log(1 + eˣ).
  public static let softplus = Activation("softplus") { RankineGraph.softplus($0) }

  /// All that can be asked for by name.
  public static let all: [Activation] = [identity, silu, relu, tanh, sigmoid, softplus]
}

extension Activation: CustomStringConvertible {
  /// As Swift writes it: `.silu`.
  public var description: String {
    Self.all.contains { $0.name == name } ? ".\(name)" : "Activation(\"\(name)\") { … }"
  }
}
