import Foundation
import Testing

@testable import RankineData

struct NumpyTests {
  private let floats = [Float(1.5), -2, 3, 4, 5, 6]

  private var floatBytes: [UInt8] { floats.flatMap { littleEndian(Int($0.bitPattern), 4) } }

  @Test func floatsKeepTheirShapeAndOrder() throws {
    let array = try NumpyArray(bytes: npy("<f4", shape: "(2, 3)", floatBytes), file: "a.npy")
    #expect(array.shape == [2, 3])
    #expect(array.floats == floats)
  }

  @Test func eachKindOfNumberIsRead() throws {
    let pi = littleEndian(Int(bitPattern: UInt(Double.pi.bitPattern)), 8)
    #expect(try NumpyArray(bytes: npy("<f8", shape: "()", pi), file: "a").values == [.pi])
    let small = littleEndian(-7, 4) + littleEndian(9, 4)
    #expect(try NumpyArray(bytes: npy("<i4", shape: "(2,)", small), file: "a").integers == [-7, 9])
    let large = littleEndian(-1 << 40, 8)
    #expect(
      try NumpyArray(bytes: npy("<i8", shape: "(1,)", large), file: "a").integers == [-1 << 40])
    #expect(try NumpyArray(bytes: npy("<f4", shape: "(0, 4)", []), file: "a").values == [])
    #expect(try NumpyArray(bytes: npy("<f4", shape: "(6,)", floatBytes), file: "a").integers == nil)
  }

  @Test func anArchiveGivesItsArraysByName() throws {
    let archive = try NumpyArchive(
      bytes: zip([
        ("X.npy", npy("<f4", shape: "(3, 2)", floatBytes)),
        ("steps.npy", npy("<i8", shape: "()", littleEndian(10, 8))),
      ]), file: "data.npz")
    #expect(try archive.array("X").shape == [3, 2])
    #expect(try archive.array("steps").integers == [10])
    #expect(
      try dataError { try archive.array("step") }.description == """
        error[missing-array] in data.npz: there is no array "step"
          hint: did you mean "steps"?
        """)
  }

  @Test(arguments: [
    (npy("<f4", shape: "(2,)", [0, 0, 0, 0]), "the shape [2] needs 8 bytes, found 4"),
    (npy("<c8", shape: "(1,)", [0]), "numbers of kind <c8 are not read, only <f4, <f8, <i4, <i8"),
    (npy("<f4", shape: "(1,)", order: "True", [0]), "expected C order (fortran_order False)"),
    (npy("<f4", shape: "(-1,)", [0]), "the shape (-1) is not a list of lengths"),
    (npy("<f4", shape: "1", [0]), "the header has no shape"),
    (Array("PK not numpy".utf8), "the content does not start like an npy file"),
    (Array(npy("<f4", shape: "(1,)", [])[..<30]), "the header is cut short"),
    (
      npy("<f4", shape: "(4611686018427387904, 4)", [0]),
      "the shape [4611686018427387904, 4] needs more bytes than the file has"
    ),
  ])
  func aDamagedArraySaysWhatWasExpected(_ bytes: [UInt8], _ message: String) throws {
    let error = try dataError { try NumpyArray(bytes: bytes, file: "a.npy") }
    #expect(error.code == "corrupt-npy" && error.message == message)
  }

  @Test func aDamagedOrCompressedArchiveIsNamed() throws {
    let array = npy("<f4", shape: "(6,)", floatBytes)
    let whole = zip([("a.npy", array)])
    #expect(
      try dataError { try NumpyArchive(bytes: zip([("a.npy", array)], method: 8), file: "a.npz") }
        .description == """
          error[corrupt-npz] in a.npz: "a.npy" is compressed
            hint: save it with numpy.savez (not savez_compressed)
          """)
    for count in 0..<whole.count {
      let error = try dataError { try NumpyArchive(bytes: Array(whole[..<count]), file: "a.npz") }
      #expect(error.code == "corrupt-npz")
    }
  }
}
