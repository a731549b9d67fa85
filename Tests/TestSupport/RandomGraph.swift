import RankineGraph
import RankineSupport

/// A well-formed graph grown from a seed, with data to run it on: what passes, kernels and
/// derivatives are tried on by the hundred.
///
/// The steps walk `Op.allCases`, and the walk is an exhaustive switch, so an operation added tomorrow
/// does not build until it is grown too. Values stay finite and moderate whatever is drawn: each step
/// keeps a bound on its result and scales it down where it would exceed a few units, and operations
/// with poles get arguments inside their domain.
///
/// Shapes mix the named dimensions `batch` and `sample` with fixed ones, among them 1 and odd sizes.
/// Some leaves hold multiples of ½, so that comparisons, maxima and pair keys meet ties, and pair keys
/// are now and then NaN (missing).
package struct RandomGraph {
  package let graph: Graph
  /// Results `y0`, `y1`, …, and gradients of a scalar made of all of them: `gradient x0`, ….
  package let outputs: [(name: String, value: Tensor)]
  /// A scalar that depends on every output that is no gradient.
  package let total: Tensor
  /// The leaves that gradients may be taken along.
  package let parameters: [Tensor]
  private let leaves: [RandomLeaf]
  private let seed: UInt64

  /// - Parameters:
  ///   - seed: equal seeds give equal graphs and data.
  ///   - steps: how many operations are drawn; each may build a few instructions.
  ///   - gradientCount: along how many leaves the gradient is an output.
  ///   - isSmooth: leave out kinks, jumps and `detach`, so that differences can be compared with.
  ///   - operations: what to draw from; every operation by default.
  package init(
    seed: UInt64, steps: Int = 30, gradientCount: Int = 2, isSmooth: Bool = false,
    operations: [Op] = Op.allCases
  ) {
    var grower = GraphGrower(graph: Graph(), seed: seed, isSmooth: isSmooth)
    let choices = operations.filter { !isSmooth || GraphGrower.isSmooth($0) }
    for _ in 0..<3 { grower.grow(.leaf) }
    let order = grower.permutation(choices.count)
    for step in 0..<steps { grower.grow(choices[order[step % choices.count]]) }
    graph = grower.graph
    leaves = grower.leaves
    parameters = grower.leaves.filter(\.isParameter).map(\.tensor)
    self.seed = seed

    let results = grower.sinks
    total = results.reduce(graph.constant(0)) { $0 + $1.mixed(in: grower.graph) }
    let along = grower.permutation(parameters.count).prefix(gradientCount).map { [parameters] in
      parameters[$0]
    }
    outputs =
      results.enumerated().map { ("y\($0)", $1) }
      + zip(along, total.gradients(of: along)).map { ("gradient \($0.leafName)", $1) }
  }

  /// Data for every leaf at the given sizes.
  ///
  /// A `sample` of 0 needs a `batch` of 0, as row numbers point from the batch into the sample.
  package func bindings(batch: Int = 5, sample: Int = 7) -> Bindings {
    let extents = ["batch": batch, "sample": sample]
    var values: [String: NumericArray] = [:]
    for leaf in leaves {
      values[leaf.tensor.leafName] = leaf.draw(at: extents, seed: seed)
    }
    return Bindings(values, extents: extents, seed: seed)
  }

  /// The operations that the outputs need.
  package var operations: Set<Op> {
    let needed = graph.ancestors(of: outputs.map(\.value))
    return Set(graph.nodes.indices.filter { needed[$0] }.map { graph.nodes[$0].op })
  }
}

extension Tensor {
  /// The name of a leaf, empty for anything else.
  package var leafName: String {
    if case .leaf(let leaf) = node.attribute { leaf.name } else { "" }
  }

  /// A smooth nonlinear scalar of all elements, near 1 in size, whose second derivative is not 0.
  fileprivate func mixed(in graph: Graph) -> Tensor {
    let values: Tensor = tanh(self) + 0.25 * square(tanh(self))
    let axes = Array(shape.dimensions.indices)
    let count = axes.reduce(graph.constant(1)) { $0 * graph.extent(shape[$1]) }
    return values.sum() / (1 + count)
  }
}
