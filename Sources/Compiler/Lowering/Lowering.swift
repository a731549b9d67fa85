import CRankineKernels
import RankineGraph
import RankineRuntime

/// Turns the units of a fusion plan into tape instructions, one unit after the other.
///
/// Rearrangements move nothing: they become views that the readers follow. Only where a reader needs
/// the elements one behind the other are they copied.
struct Lowering {
  let program: Program
  let plan: FusionPlan
  var tape: Tape
  private var buffers: [Int: Int] = [:]
  private var leafBuffers: [String: Int] = [:]

  var graph: Graph { program.graph }

  init(_ program: Program, _ plan: FusionPlan) {
    (self.program, self.plan) = (program, plan)
    tape = Tape(name: program.name)
  }

  func lowered() throws(GraphError) -> Tape {
    var lowering = self
    try lowering.lowerAll()
    return lowering.tape
  }

  private mutating func lowerAll() throws(GraphError) {
    for number in plan.order {
      guard let unit = plan.units[number] else { continue }
      switch unit.kind {
      case .loop(let shape): lowerLoop(unit, number, over: shape)
      case .pairs: try lowerPairs(unit)
      case .single: try lowerSingle(unit)
      }
    }
    for (name, value) in program.outputs {
      tape.outputs[name] = isLeaf(value.id) ? copied(value.id) : contiguous(value.id)
    }
    let isUpdated = Set(program.updates.map(\.leaf.id))
    let values = program.updates.map { update in
      isUpdated.contains(root(of: update.value.id)) ? copied(update.value.id) : nil
    }
    for (update, copy) in zip(program.updates, values) {
      let source =
        copy.map { TapeView(whole: $0, rank: update.leaf.shape.rank) } ?? view(of: update.value.id)
      append(
        copy: source, of: update.leaf.shape,
        to: TapeView(whole: buffer(of: update.leaf.id), rank: update.leaf.shape.rank),
        label: "update\(update.leaf.node.attribute.label)")
    }
  }

  // MARK: Buffers

  /// The buffer that a node's unit fills, made when first asked for.
  mutating func buffer(of id: Int) -> Int {
    if let known = buffers[id] { return known }
    let node = graph.nodes[id]
    var home = TapeBuffer.Home.workspace
    if case .leaf(let leaf) = node.attribute {
      if let known = leafBuffers[leaf.name] { return known }
      home = leaf.element == .index ? .indices(name: leaf.name) : .storage(name: leaf.name)
      leafBuffers[leaf.name] = tape.buffers.count
    }
    let made = makeBuffer(home, node.shape)
    buffers[id] = made
    return made
  }

  mutating func makeBuffer(_ home: TapeBuffer.Home, _ shape: Shape) -> Int {
    tape.buffers.append(TapeBuffer(home: home, shape: shape.tapeExtents))
    return tape.buffers.count - 1
  }

  private func isLeaf(_ id: Int) -> Bool {
    graph.nodes[root(of: id)].op == .leaf
  }

  /// The node whose elements a chain of rearrangements shows.
  private func root(of id: Int) -> Int {
    var id = id
    while graph.nodes[id].op.isRearrangement { id = graph.nodes[id].operands[0] }
    return id
  }

  // MARK: Views

  /// Where a node's elements can be read.
  mutating func view(of id: Int) -> TapeView {
    let node = graph.nodes[id]
    switch (node.op, node.attribute) {
    case (.broadcast, .shape(let shape)):
      return stretched(node.operands[0], to: shape)
    case (.reshape, .shape(let shape)):
      return reshaped(node.operands[0], to: shape)
    case (.transpose, .axes(let axes)):
      var view = view(of: node.operands[0])
      view.axes = axes.map { view.axes[$0] }
      return view
    case (.slice, .slice(let axis, let start, _)):
      var view = view(of: node.operands[0])
      if let own = view.axes[axis] { view.starts[own] += start }
      return view
    case (.constant, _), (.extent, _):
      return TapeView(whole: filled(id), rank: 0)
    default:
      return TapeView(whole: buffer(of: id), rank: node.shape.rank)
    }
  }

  private mutating func stretched(_ operand: Int, to shape: Shape) -> TapeView {
    var view = view(of: operand)
    let source = graph.nodes[operand].shape
    let skipped = shape.rank - source.rank
    view.axes = shape.dimensions.indices.map { axis in
      axis < skipped || source[axis - skipped] != shape[axis] ? nil : view.axes[axis - skipped]
    }
    return view
  }

  private mutating func reshaped(_ operand: Int, to shape: Shape) -> TapeView {
    let source = graph.nodes[operand].shape
    let kept = source.dimensions.indices.filter { source[$0] != 1 }
    if kept.map({ source[$0] }) == shape.dimensions.filter({ $0 != 1 }) {
      var view = view(of: operand)
      var next = kept.makeIterator()
      view.axes = shape.dimensions.map { $0 == 1 ? nil : next.next().flatMap { view.axes[$0] } }
      return view
    }
    let alias = makeBuffer(.alias(of: contiguous(operand)), shape)
    return TapeView(whole: alias, rank: shape.rank)
  }

  /// A scalar buffer with a constant, filled anew in every run.
  private mutating func filled(_ id: Int) -> Int {
    if let known = buffers[id] { return known }
    let made = buffer(of: id)
    let constant: TapeConstant =
      switch graph.nodes[id].attribute {
      case .extent(let dimension): .extent(dimension.tapeExtent)
      case .constant(let bits): .number(bits)
      default: .number(0)
      }
    tape.append(
      .loop(
        TapeLoop(
          extents: [], inputs: [], constants: [constant],
          outputs: [.init(to: TapeView(whole: made, rank: 0), value: 0, combine: RK_STORE)])),
      label: "constant")
    return made
  }

  /// A buffer with a node's elements one behind the other: its own, or a copy.
  mutating func contiguous(_ id: Int) -> Int {
    let view = view(of: id)
    if view.isWhole, tape.buffers[view.buffer].shape == graph.nodes[id].shape.tapeExtents {
      return view.buffer
    }
    return copied(id)
  }

  mutating func copied(_ id: Int) -> Int {
    let view = view(of: id)
    let shape = graph.nodes[id].shape
    let copy = makeBuffer(.workspace, shape)
    append(copy: view, of: shape, to: TapeView(whole: copy, rank: shape.rank), label: "copy")
    return copy
  }

  mutating func append(copy source: TapeView, of shape: Shape, to target: TapeView, label: String) {
    tape.append(
      .loop(
        TapeLoop(
          extents: shape.tapeExtents, inputs: [source],
          outputs: [.init(to: target, value: 0, combine: RK_STORE)])),
      label: label)
  }
}

extension Op {
  var isRearrangement: Bool {
    self == .broadcast || self == .reshape || self == .transpose || self == .slice
  }
}

extension Dimension {
  var tapeExtent: TapeExtent {
    switch self {
    case .fixed(let count): .fixed(count)
    case .named(let name): .named(name)
    case .multiple(let factor, let name): .multiple(factor, of: name)
    }
  }
}

extension Shape {
  var tapeExtents: [TapeExtent] { dimensions.map(\.tapeExtent) }
}
