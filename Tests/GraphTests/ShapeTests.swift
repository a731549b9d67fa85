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
