import RankineGraph

/// Mixes experts row by row, with shares that depend on the features: in `EachTask` in a way of each
/// task's own.
///
///     q = softmax(V x),   h = Σₑ qₑ Eₑ(x)
///
/// over the experts of the layer below and those of the gate's own braces, which each task has for itself:
///
///     EachTask { Gate(own: 2) { Dense(16, activation: .silu) }; Dense(1) }
///
/// V reads the features, without a bias. A feature's column of it belongs to the feature's group: a
/// penalty on columns removes a feature from experts and gates at once.
///
/// - Shapes: [experts, rows, units] or [tasks, experts, rows, units] becomes [rows, units] or
///   [tasks, rows, units].
/// - Source: Ma, Zhao, Yi, Chen, Hong & Chi, KDD 2018, section 4 (MMoE); Tang, Liu, Zhao & Gong, RecSys
///   2020, section 4.1 (CGC), for own experts.
public struct Gate: Layer {
  /// How many own experts each task has.
  public let ownCount: Int
  /// One own expert; it reads the features.
  public let ownLayers: [any Layer]
  public let site: Site

  /// A gate over the experts of the layer below.
  public init(file: String = #fileID, line: Int = #line) {
    (ownCount, ownLayers) = (0, [])
    self.site = Site(file: file, line: line)
  }

  /// A gate over the experts of the layer below and some of each task's own.
  public init(
    own count: Int, file: String = #fileID, line: Int = #line,
    @LayerBuilder _ layers: () -> [any Layer]
  ) {
    ownCount = count
    ownLayers = layers()
    self.site = Site(file: file, line: line)
  }

  public var summary: String { declared(with: ownLayers.summary) }
  public var declaration: String { declared(with: ownLayers.declaration) }
  public var penalty: (any Penalty)? { ownLayers.lazy.compactMap(\.penalty).first }
  public var expertRole: ExpertRole { .mixes }

  private func declared(with layers: String) -> String {
    ownLayers.isEmpty ? "Gate()" : "Gate(own: \(ownCount)) { \(layers) }"
  }

  public func validate() throws(Misuse) {
    guard ownCount != 0 || !ownLayers.isEmpty else { return }
    try ownLayers.validateExperts(count: ownCount, of: "Gate")
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    var experts = input
    if ownCount > 0 {
      let own = scope.run(
        ownLayers, named: "own", copies: scope.copies + [ownCount], on: scope.features)
      experts = joining(experts, own)
    }
    let axis = experts.shape.rank - 3
    let logits = scope.product(
      of: scope.features, outputs: experts.shape[axis].count ?? 1, name: "gate")
    return experts.mixed(by: logits.softmax(over: logits.shape.rank - 1))
  }

  /// Shared experts, repeated for each task where they are not yet, beside own ones.
  private func joining(_ shared: Tensor, _ own: Tensor) -> Tensor {
    let axis = own.shape.rank - 3
    var shape = own.shape
    shape.dimensions[axis] = shared.shape[shared.shape.rank - 3]
    return concatenate([shared.broadcast(to: shape), own], along: axis)
  }
}

extension Tensor {
  /// Σₑ qₑ Eₑ for experts [copies…, experts, rows, units] and shares [copies…, rows, experts].
  func mixed(by shares: Tensor) -> Tensor {
    let rank = shares.shape.rank
    let factors = shares.exchanging(rank - 1, rank - 2).insertingAxis(at: rank)
    let weighted: Tensor = factors * self
    return weighted.sum(over: [weighted.shape.rank - 3])
  }
}
