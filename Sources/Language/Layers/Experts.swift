import RankineGraph

/// Several copies of some layers side by side, which a gate mixes.
///
///     Shared { Experts(8) { Dense(16, activation: .silu) } }
///     EachTask { Gate(); Dense(1) }
///
/// The copies are computed together, as products with a leading axis of experts. Where experts read the
/// features, a penalty on columns acts on the columns of all experts together.
///
/// - Shapes: [rows, inputs] becomes [experts, rows, units]; in `EachTask` [tasks, experts, rows, units].
/// - Source: Jacobs, Jordan, Nowlan & Hinton, Neural Computation 3 (1991).
public struct Experts: Layer {
  /// How many copies there are.
  public let count: Int
  /// One expert, from its input up.
  public let layers: [any Layer]
  public let site: Site

  /// Declares so many copies of the layers.
  public init(
    _ count: Int, file: String = #fileID, line: Int = #line,
    @LayerBuilder _ layers: () -> [any Layer]
  ) {
    self.count = count
    self.layers = layers()
    self.site = Site(file: file, line: line)
  }

  public var summary: String { "Experts(\(count)) { \(layers.summary) }" }
  public var declaration: String { "Experts(\(count)) { \(layers.declaration) }" }
  public var penalty: (any Penalty)? { layers.lazy.compactMap(\.penalty).first }
  public var expertRole: ExpertRole { .makes }

  public func validate() throws(Misuse) {
    try layers.validateExperts(count: count, of: "Experts")
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    let rank = input.shape.rank
    return scope.run(
      layers, named: "expert", copies: scope.copies + [count],
      on: rank > 2 ? input.insertingAxis(at: rank - 2) : input)
  }
}

extension [any Layer] {
  /// All of them on one line.
  var summary: String { map(\.summary).joined(separator: "; ") }
  /// All of them with their penalties on one line.
  var declaration: String { map(\.declaration).joined(separator: "; ") }

  /// - Throws: `Misuse` unless these layers may stand in the braces of so many experts.
  func validateExperts(count: Int, of owner: String) throws(Misuse) {
    guard (1...1024).contains(count) else {
      throw Misuse(
        "bad-expert-count", "\(owner) has \(count) experts", hint: "give it 1 to 1024")
    }
    guard !isEmpty else {
      throw Misuse(
        "empty-experts", "the experts of \(owner) have no layer",
        hint: "give them one, for example Dense(16, activation: .silu)")
    }
    for layer in self {
      try layer.validate()
      guard layer.expertRole == .none, !layer.readsSharedLayers else {
        throw Misuse(
          "nested-experts", "\(layer.summary) stands inside the experts of \(owner)",
          hint: "put it above or below them")
      }
    }
  }
}
