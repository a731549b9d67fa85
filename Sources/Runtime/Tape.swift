import CRankineKernels

/// A program for the executor: buffers and the instructions that fill them, in order.
///
/// Sizes may be names; they become numbers when the tape is bound.
package struct Tape: Sendable {
  package let name: String
  package var buffers: [TapeBuffer] = []
  package var instructions: [TapeInstruction] = []
  /// For each instruction where in the declaration it comes from, or what it is for.
  package private(set) var labels: [String] = []
  /// Buffers that can be read after a run, by name.
  package var outputs: [String: Int] = [:]

  package init(name: String) {
    self.name = name
  }

  package mutating func append(_ instruction: TapeInstruction, label: String) {
    instructions.append(instruction)
    labels.append(label)
  }

  package mutating func replace(
    at position: Int, by instruction: TapeInstruction, label: String
  ) {
    instructions[position] = instruction
    labels[position] = label
  }

  package mutating func remove(at position: Int) {
    instructions.remove(at: position)
    labels.remove(at: position)
  }
}

/// The size of one axis: a number, or a name that is bound to one.
package enum TapeExtent: Hashable, Sendable {
  case fixed(Int)
  case named(String)
  case multiple(Int, of: String)
}

/// A row-major array.
package struct TapeBuffer: Sendable {
  package enum Home: Hashable, Sendable {
    /// Lives during a run.
    case workspace
    /// Belongs to the storage that programs share.
    case storage(name: String)
    /// Row numbers in the storage.
    case indices(name: String)
    /// The same memory as another buffer, under another shape.
    case alias(of: Int)
  }

  package var home: Home
  package var shape: [TapeExtent]

  package init(home: Home, shape: [TapeExtent]) {
    (self.home, self.shape) = (home, shape)
  }
}

/// Some axes of a buffer in some order, each from a start position on; other axes repeat.
package struct TapeView: Hashable, Sendable {
  package var buffer: Int
  /// For each axis of the view the buffer's axis, or nil where the view repeats.
  package var axes: [Int?]
  /// For each axis of the buffer the first position seen.
  package var starts: [Int]

  package init(buffer: Int, axes: [Int?], starts: [Int]) {
    (self.buffer, self.axes, self.starts) = (buffer, axes, starts)
  }

  /// The whole buffer as it lies.
  package init(whole buffer: Int, rank: Int) {
    self.init(
      buffer: buffer, axes: (0..<rank).map { $0 }, starts: Array(repeating: 0, count: rank))
  }

  package var isWhole: Bool {
    axes == (0..<starts.count).map { $0 } && starts.allSatisfy { $0 == 0 }
  }
}

/// A number known when the tape is compiled, or when it is bound.
package enum TapeConstant: Hashable, Sendable {
  case number(UInt64)
  case extent(TapeExtent)
}

/// One step of the executor.
package enum TapeInstruction: Sendable {
  case loop(TapeLoop)
  case product(TapeProduct)
  case gather(TapeGather)
  case scatterAdd(TapeGather)
  case uniform(TapeDraws)
  case pairSums(TapePairSums)
  case rankSums(TapeRankSums)
}

/// An elementwise chain over an index space, with closing reductions.
package struct TapeLoop: Sendable {
  package struct Output: Sendable {
    /// Axes of the index space that the view repeats along are reduced.
    package var to: TapeView
    package var value: Int
    /// The other factor of a sum of products.
    package var factor: Int
    package var combine: rk_combine

    package init(to: TapeView, value: Int, factor: Int = 0, combine: rk_combine) {
      (self.to, self.value, self.factor, self.combine) = (to, value, factor, combine)
    }
  }

  package var extents: [TapeExtent]
  package var inputs: [TapeView]
  package var constants: [TapeConstant]
  /// Values are numbered inputs, constants, slots.
  package var code: [rk_instruction]
  package var slotCount: Int
  package var outputs: [Output]
  /// Steps of the code; a chain counts as one.
  package var stepCount: Int { code.count { $0.op != UInt16(RK_MORE.rawValue) } }

  package init(
    extents: [TapeExtent], inputs: [TapeView], constants: [TapeConstant] = [],
    code: [rk_instruction] = [], slotCount: Int = 0, outputs: [Output]
  ) {
    (self.extents, self.inputs, self.constants) = (extents, inputs, constants)
    (self.code, self.slotCount, self.outputs) = (code, slotCount, outputs)
  }
}

/// C[lead…, m, n] = op(A) op(B), each with leading axes of its own.
package struct TapeProduct: Sendable {
  /// A loop over [lead…, m, n] that takes the elements tile by tile, as they are made.
  package struct Closing: Sendable {
    package var loop: TapeLoop
    /// The number of the loop's input that is the product.
    package var input: Int

    package init(loop: TapeLoop, input: Int) {
      (self.loop, self.input) = (loop, input)
    }

    /// What the loop reads besides the product.
    var operands: [TapeView] {
      loop.inputs.enumerated().filter { $0.offset != input }.map(\.element)
    }
  }

  package var lead: [TapeExtent]
  package var m: TapeExtent
  package var n: TapeExtent
  package var k: TapeExtent
  package var a: TapeView
  package var b: TapeView
  package var transposeA: Bool
  package var transposeB: Bool
  /// With a closing only the place of sums that are not complete.
  package var result: Int
  /// Sums over the leading axes instead of keeping them.
  package var sumsLead: Bool
  package var closing: Closing?

  package init(
    lead: [TapeExtent], m: TapeExtent, n: TapeExtent, k: TapeExtent, a: TapeView, b: TapeView,
    transposeA: Bool, transposeB: Bool, result: Int, sumsLead: Bool
  ) {
    (self.lead, self.m, self.n, self.k) = (lead, m, n, k)
    (self.a, self.b, self.transposeA, self.transposeB) = (a, b, transposeA, transposeB)
    (self.result, self.sumsLead) = (result, sumsLead)
  }
}

/// Rows by number: from `source` to `result`, along one axis.
package struct TapeGather: Sendable {
  package var source: Int
  package var indices: Int
  package var result: Int
  package var axis: Int

  package init(source: Int, indices: Int, result: Int, axis: Int) {
    (self.source, self.indices, self.result, self.axis) = (source, indices, result, axis)
  }
}

/// Uniform draws; the counter is a scalar buffer.
package struct TapeDraws: Sendable {
  package var stream: Int
  package var counter: Int
  package var result: Int

  package init(stream: Int, counter: Int, result: Int) {
    (self.stream, self.counter, self.result) = (stream, counter, result)
  }
}

/// Several sums over the same pairs in one sweep.
package struct TapePairSums: Sendable {
  package struct Output: Sendable {
    package var sum: rk_pair_sum
    package var result: Int

    package init(sum: rk_pair_sum, result: Int) {
      (self.sum, self.result) = (sum, result)
    }
  }

  package var lead: [TapeExtent]
  package var rows: TapeExtent
  package var columns: TapeExtent
  package var rowInputs: [Int]
  package var columnInputs: [Int]
  package var scalarInputs: [Int]
  package var outputs: [Output]
  /// The program for any scores.
  package var direct: TapePairProgram
  /// A program with factors for exponentials of differences, where there are any.
  package var factored: TapePairProgram?

  package init(
    lead: [TapeExtent], rows: TapeExtent, columns: TapeExtent, rowInputs: [Int],
    columnInputs: [Int], scalarInputs: [Int], outputs: [Output], direct: TapePairProgram,
    factored: TapePairProgram? = nil
  ) {
    (self.lead, self.rows, self.columns) = (lead, rows, columns)
    (self.rowInputs, self.columnInputs, self.scalarInputs) = (rowInputs, columnInputs, scalarInputs)
    (self.outputs, self.direct, self.factored) = (outputs, direct, factored)
  }
}

/// What is computed for each pair. Values are numbered row inputs, row factors, column inputs, column
/// factors, scalar inputs, constants, slots.
package struct TapePairProgram: Sendable {
  /// Factors of e^(scale · (row − column)) for a row input and a column input.
  package struct Exponential: Sendable {
    package var row: Int
    package var column: Int
    package var scale: Double

    package init(row: Int, column: Int, scale: Double) {
      (self.row, self.column, self.scale) = (row, column, scale)
    }
  }

  /// A value, or one or two gated terms; see `rk_pair_output`.
  package struct Total: Sendable {
    package struct Term: Sendable {
      package var form: rk_pair_form
      /// a, or a, b and c.
      package var operands: [Int]
      package var above: Int
      package var below: Int

      package init(form: rk_pair_form, operands: [Int], above: Int, below: Int) {
        (self.form, self.operands, self.above, self.below) = (form, operands, above, below)
      }
    }

    package var value: Int
    package var isNegated: Bool
    package var terms: [Term] = []
    package var isSecondSubtracted = false

    package init(value: Int, isNegated: Bool) {
      (self.value, self.isNegated) = (value, isNegated)
    }
  }

  package var exponentials: [Exponential]
  package var constants: [UInt64]
  package var code: [rk_instruction]
  package var slotCount: Int
  /// For each output what is summed.
  package var values: [Total]

  package init(
    exponentials: [Exponential] = [], constants: [UInt64], code: [rk_instruction], slotCount: Int,
    values: [Total]
  ) {
    (self.exponentials, self.constants, self.code) = (exponentials, constants, code)
    (self.slotCount, self.values) = (slotCount, values)
  }
}

/// The smoothed rank criterion and its slopes; `rk_rank` says what they are.
package struct TapeRankSums: Sendable {
  package var lead: [TapeExtent]
  package var rows: TapeExtent
  package var columns: TapeExtent
  /// Score, high key, low key.
  package var rowInputs: [Int]
  package var columnInputs: [Int]
  /// The sum over all pairs, the slopes per row and per column; those not wanted are nil.
  package var value: Int?
  package var rowSlope: Int?
  package var columnSlope: Int?

  package init(
    lead: [TapeExtent], rows: TapeExtent, columns: TapeExtent, rowInputs: [Int],
    columnInputs: [Int], value: Int?, rowSlope: Int?, columnSlope: Int?
  ) {
    (self.lead, self.rows, self.columns) = (lead, rows, columns)
    (self.rowInputs, self.columnInputs) = (rowInputs, columnInputs)
    (self.value, self.rowSlope, self.columnSlope) = (value, rowSlope, columnSlope)
  }
}
