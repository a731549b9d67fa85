import RankineGraph
import Testing

struct ShapeTests {
  @Test(
    arguments: [
      ([2, 3], [3], [2, 3]), ([.batch, 1], [1, 4], [.batch, 4]), ([], [.sample], [.sample]),
      ([1], [0], [0]), ([.batch], [.batch], [.batch]), ([5, 1, 3], [.batch, 1], [5, .batch, 3]),
    ] as [(Shape, Shape, Shape)])
  func axesAlignAtTheRightAndOnesStretch(_ a: Shape, _ b: Shape, _ common: Shape) {
    #expect(Shape.broadcast(a, b) == common)
    #expect(Shape.broadcast(b, a) == common)
  }

  @Test(
    arguments: [([2], [3]), ([.batch], [.sample]), ([.batch], [3]), ([2, 3], [2])]
      as [(Shape, Shape)])
  func otherSizesDoNotStretch(_ a: Shape, _ b: Shape) {
    #expect(Shape.broadcast(a, b) == nil)
  }

  @Test func countsAreComparedForEveryBindingOfTheNames() {
    let shape: Shape = [2, .batch, 3]
    #expect(shape.hasSameCount(as: [.batch, 6]))
    #expect(shape.hasSameCount(as: [1, 3, .batch, 2]))
    #expect(!shape.hasSameCount(as: [6]))
    #expect(!shape.hasSameCount(as: [6, .sample]))
    #expect(!shape.hasSameCount(as: [6, .batch, .batch]))
    #expect(Shape.scalar.hasSameCount(as: [1, 1]))
    #expect(Shape([.batch, .sample]).hasSameCount(as: [.sample, .batch]))
  }

  @Test func aMultipleOfANameIsAsManySetsOfIt() throws {
    let rows: Dimension = .multiple(5, of: "batch")
    #expect(Shape([rows, 3]).hasSameCount(as: [5, .batch, 3]))
    #expect(!Shape([rows, 3]).hasSameCount(as: [.batch, 3]))
    #expect(try Shape([rows, 3]).resolved(["batch": 4]) == [20, 3])
    #expect("\(Shape([rows, 3]))" == "[5·batch, 3]")
    #expect {
      try rows.resolved([:])
    } throws: {
      "\($0)".contains("dimension \"batch\" has no size")
    }
    let graph = Graph()
    let sets = graph.input("x", [.multiple(2, of: "batch")]).reshaped(to: [2, .batch])
    let bindings = Bindings(["x": NumericArray([6], [1, 2, 3, 4, 5, 6])], extents: ["batch": 3])
    #expect(
      try Interpreter(bindings).evaluate(sets.sliced(0, from: 1, count: 1)).values == [4, 5, 6])
  }

  @Test func axesAreRemovedAndCollapsed() {
    let shape: Shape = [2, .batch, 3]
    #expect(shape.removing([0, 2]) == [.batch])
    #expect(shape.collapsing([0, 2]) == [1, .batch, 1])
    #expect(shape.description == "[2, batch, 3]")
  }

  @Test func aReshapeKeepsRowMajorOrderUnderEachBinding() throws {
    let x = Graph().input("x", [2, .batch])
    let reshaped = x.reshaped(to: [.batch, 2])
    for batch in [1, 3] {
      let values = (0..<(2 * batch)).map(Double.init)
      let bindings = Bindings(["x": NumericArray([2, batch], values)], extents: ["batch": batch])
      #expect(try Interpreter(bindings).evaluate(reshaped) == NumericArray([batch, 2], values))
    }
  }
}
