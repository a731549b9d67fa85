import RankineGraph

/// Which instructions of a graph become one instruction of the tape.
///
/// Elementwise operations of one shape, and reductions of their values, run in one loop when no value
/// would have to leave the loop and come back; pair sums over the same rows and columns run in one
/// sweep; a product summed over its leading axes is one product.
struct FusionPlan {
  struct Unit {
    enum Kind: Equatable {
      case loop(Shape)
      case pairs
      case single
    }

    var kind: Kind
    var members: [Int]
    /// Units whose results it reads.
    var operands: Set<Int>
  }

  /// In an order in which operands come before their users.
  private(set) var order: [Int] = []
  private(set) var units: [Unit?] = []
  /// For each node the unit that computes it; a rearrangement belongs to no unit of its own.
  private(set) var unitOf: [Int?]

  /// A loop's program is kept this short, so that its slots fit the kernel's.
  private static let longestLoop = 36

  private let graph: Graph
  private let needed: [Bool]
  private var ancestry: UnitAncestry
  /// For each node those that read it; nil for the program's roots.
  let readers: [[Int?]]

  init(_ program: Program) {
    graph = program.graph
    needed = graph.ancestors(of: program.roots)
    ancestry = UnitAncestry(capacity: graph.nodes.count)
    unitOf = Array(repeating: nil, count: graph.nodes.count)
    var readers = Array(repeating: [Int?](), count: graph.nodes.count)
    for (id, node) in graph.nodes.enumerated() where needed[id] {
      for operand in node.operands { readers[operand].append(id) }
    }
    for root in program.roots { readers[root.id].append(nil) }
    self.readers = readers
    for id in graph.nodes.indices where needed[id] { place(id) }
    sort()
  }

  // MARK: Placing

  private mutating func place(_ id: Int) {
    let node = graph.nodes[id]
    switch node.op {
    case .leaf, .constant, .extent: return
    case .broadcast, .reshape, .transpose, .slice:
      unitOf[id] = unitOf[node.operands[0]]
    case .sum where isSumOfProducts(node):
      join(id, into: [unitOf[node.operands[0]]].compactMap { $0 }, kind: .single)
    case .sum, .largest:
      let operand = node.operands[0]
      let shape = graph.nodes[operand].shape
      join(
        id, into: graph.nodes[operand].op.isElementwise ? loops(computing: [operand], shape) : [],
        kind: .loop(shape))
    case .pairReduce:
      join(id, into: sweeps(like: id), kind: .pairs)
    default:
      node.op.isElementwise
        ? join(id, into: loops(computing: node.operands, node.shape), kind: .loop(node.shape))
        : join(id, into: [], kind: .single)
    }
  }

  /// Whether the node sums a product, which nobody else reads, over all its leading axes.
  private func isSumOfProducts(_ node: Graph.Node) -> Bool {
    let operand = graph.nodes[node.operands[0]]
    guard operand.op == .matmul, readers[node.operands[0]].count == 1,
      case .axes(let axes) = node.attribute
    else { return false }
    return axes == Array(0..<(operand.shape.rank - 2))
  }

  /// Loops over a shape in which some of the values are computed, latest first.
  private func loops(computing operands: [Int], _ shape: Shape) -> [Int] {
    let found = operands.filter { graph.nodes[$0].op.isElementwise }.compactMap { unitOf[$0] }
    return Set(found).filter { units[$0]?.kind == .loop(shape) }.sorted(by: >)
  }

  /// Sweeps over the same rows and columns that read one of the operands, latest first.
  private func sweeps(like id: Int) -> [Int] {
    let operands = Set(graph.nodes[id].operands)
    return units.indices.reversed().filter { unit in
      guard let sweep = units[unit], sweep.kind == .pairs, let first = sweep.members.first else {
        return false
      }
      return sameIndexSpace(first, id)
        && sweep.members.contains { !operands.isDisjoint(with: graph.nodes[$0].operands) }
    }
  }

  private func sameIndexSpace(_ a: Int, _ b: Int) -> Bool {
    func space(_ id: Int) -> [Shape] {
      guard case .pair(let pair) = graph.nodes[id].attribute else { return [] }
      let parts = PairOperands(graph.nodes[id].operands, pair.body)
      return [graph.nodes[parts.rows[0]].shape, graph.nodes[parts.columns[0]].shape]
    }
    return space(a) == space(b)
  }

  /// Adds a node to the union of as many of the candidates as allow it.
  private mutating func join(_ id: Int, into candidates: [Int], kind: Unit.Kind) {
    var reads = Set<Int>()
    for operand in graph.nodes[id].operands {
      if let unit = unitOf[operand] { reads.insert(unit) }
    }
    var joined: [Int] = []
    for candidate in candidates where canJoin(id, reads, joined + [candidate]) {
      joined.append(candidate)
    }
    guard let home = joined.min() else {
      unitOf[id] = units.count
      ancestry.append(reading: reads)
      units.append(Unit(kind: kind, members: [id], operands: reads))
      return
    }
    var members: [Int] = [], operands = reads
    for unit in joined {
      members += units[unit]?.members ?? []
      operands.formUnion(units[unit]?.operands ?? [])
      units[unit] = nil
    }
    operands.subtract(joined)
    for member in members { moveToUnit(home, member) }
    for other in units.indices where joined.contains(where: { ancestry.reads(other, $0) }) {
      guard let unit = units[other], !unit.operands.isDisjoint(with: joined) else { continue }
      units[other]?.operands = unit.operands.subtracting(joined).union([home])
    }
    ancestry.join(joined, into: home, reading: operands)
    unitOf[id] = home
    units[home] = Unit(kind: kind, members: (members + [id]).sorted(), operands: operands)
  }

  /// A node and the rearrangements of it that were placed go along.
  private mutating func moveToUnit(_ home: Int, _ member: Int) {
    let old = unitOf[member]
    guard old != home else { return }
    for id in member..<graph.nodes.count where unitOf[id] == old { unitOf[id] = home }
  }

  private func canJoin(_ id: Int, _ reads: Set<Int>, _ merged: [Int]) -> Bool {
    let merged = Set(merged)
    let size = merged.reduce(1) { $0 + (units[$1]?.members.count ?? 0) }
    guard size <= Self.longestLoop else { return false }
    // Inside the union a value must come straight from a member: not rearranged, not reduced.
    let members = merged.flatMap { units[$0]?.members ?? [] } + [id]
    for member in members {
      let node = graph.nodes[member]
      let isSummedProduct = node.op == .sum && isSumOfProducts(node)
      for operand in node.operands {
        guard let unit = unitOf[operand], merged.contains(unit), !isSummedProduct else { continue }
        if node.op == .pairReduce || !graph.nodes[operand].op.isElementwise { return false }
      }
    }
    // No value may leave the union and come back.
    let outside = merged.reduce(into: reads) { $0.formUnion(units[$1]?.operands ?? []) }
      .subtracting(merged)
    return !outside.contains { unit in merged.contains { ancestry.reads(unit, $0) } }
  }

  // MARK: Order

  private mutating func sort() {
    var placed = Set<Int>()
    let live = units.indices.filter { units[$0] != nil }
    // By last member, so that a unit comes as soon as everything it reads is there.
    var waiting = live.sorted { (units[$0]?.members.last ?? 0) < (units[$1]?.members.last ?? 0) }
    while !waiting.isEmpty {
      guard
        let next = waiting.firstIndex(where: { units[$0]?.operands.isSubset(of: placed) ?? true })
      else { preconditionFailure("fusion made a cycle") }
      placed.insert(waiting[next])
      order.append(waiting.remove(at: next))
    }
  }
}
