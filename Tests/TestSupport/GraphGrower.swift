import RankineGraph
import RankineSupport

/// Grows a graph operation by operation from values it already holds.
struct GraphGrower {
  /// A value and what its elements stay below in size.
  struct Grown {
    let tensor: Tensor
    let bound: Double
  }

  /// The largest sizes that the bounds allow for.
  static let largestExtents = ["batch": 16, "sample": 32]
  static let dimensions: [Dimension] = [.batch, .sample, 1, 2, 3, 5]

  let graph: Graph
  let isSmooth: Bool
  /// False in the body of a pair sum, which has its variables and no more.
  let canDeclare: Bool
  var pool: [Grown]
  private(set) var leaves: [RandomLeaf] = []
  private var random: CounterRandom

  init(
    graph: Graph, seed: UInt64, isSmooth: Bool, pool: [Grown] = [], canDeclare: Bool = true
  ) {
    (self.graph, self.isSmooth, self.pool) = (graph, isSmooth, pool)
    self.canDeclare = canDeclare
    random = CounterRandom(seed: seed, named: canDeclare ? "graph" : "body")
  }

  /// Whether the operation has a derivative everywhere that says all about its change.
  static func isSmooth(_ op: Op) -> Bool {
    switch op {
    case .maximum, .minimum, .greater, .equal, .select, .absolute, .sign, .detach, .largest: false
    default: true
    }
  }

  /// Adds one operation on values grown before.
  mutating func grow(_ op: Op) {
    switch op {
    case .leaf: pool.append(leaf(shape(), isTied: !isSmooth && chance(0.5)))
    case .constant: keep(graph.constant(pick([-1.5, -1, 0, 0.5, 2])), below: 2)
    case .extent: keep(1 / (1 + graph.extent(pick(Self.dimensions))), below: 1)
    case .uniform: growUniform()
    case .matmul: growMatrixProduct()
    case .sum, .largest: growReduction(op)
    case .broadcast: growBroadcast()
    case .reshape: growReshape()
    case .transpose: growTranspose()
    case .slice: growSlice()
    case .concatenate: growConcatenation()
    case .gather: growGather()
    case .scatterAdd: growScatter()
    case .pairReduce: growPairSum()
    default: growElementwise(op)
    }
  }

  /// The values that no other value was grown from.
  var sinks: [Tensor] {
    var isUsed = Array(repeating: false, count: graph.nodes.count)
    for node in graph.nodes { for operand in node.operands { isUsed[operand] = true } }
    var seen: Set<Tensor> = []
    return pool.map(\.tensor).filter { !isUsed[$0.id] && seen.insert($0).inserted }
  }

  /// Holds a value for later steps: of at most 4 axes and 2048 elements, and scaled below 4.
  mutating func keep(_ tensor: Tensor, below bound: Double) {
    var (tensor, bound) = (tensor, bound)
    while tensor.shape.rank > 4 || Self.size(tensor.shape) > 2048 {
      bound *= Double(tensor.shape[0].size(in: Self.largestExtents))
      tensor = tensor.sum(over: [0])
    }
    if bound > 4 { (tensor, bound) = (tensor * (2 / bound), 2) }
    pool.append(Grown(tensor: tensor, bound: bound))
  }

  static func size(_ shape: Shape) -> Int {
    shape.dimensions.reduce(1) { $0 * $1.size(in: largestExtents) }
  }

  // MARK: Draws

  mutating func below(_ count: Int) -> Int { Int(random.uniform() * Double(count)) }
  mutating func chance(_ probability: Double) -> Bool { random.uniform() < probability }
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
  mutating func permutation(_ count: Int) -> [Int] { random.permutation(count) }

  /// A shape of up to three axes.
  mutating func shape() -> Shape {
    Shape((0..<below(4)).map { _ in pick(Self.dimensions) })
  }

  /// A new parameter.
  mutating func leaf(_ shape: Shape, isTied: Bool = false) -> Grown {
    Grown(tensor: declare(isTied ? "tied" : "x", shape, isTied ? .tied : .value), bound: 2)
  }

  mutating func declare(_ name: String, _ shape: Shape, _ kind: RandomLeaf.Kind) -> Tensor {
    let name = "\(name)\(leaves.count)"
    let tensor =
      if case .index = kind { graph.indices(name, shape) } else { graph.input(name, shape) }
    leaves.append(RandomLeaf(tensor: tensor, kind: kind))
    return tensor
  }

  /// A value whose shape passes, or a new leaf of the given shape.
  mutating func value(_ fallback: Shape, where isSuitable: (Shape) -> Bool) -> Grown {
    let suitable = pool.filter { isSuitable($0.tensor.shape) }
    return suitable.isEmpty ? leaf(fallback) : pick(suitable)
  }
}
