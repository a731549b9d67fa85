import Foundation
import RankineSupport
import Testing

private func sample() -> WeightFile {
  var file = WeightFile(metadata: ["format": "rankine", "epoch": "3"])
  file.append("shared.0.weight", shape: [2, 3], .float([1, -2, 3.5, 0, -0.0, .nan]))
  file.append("empty", shape: [0, 4], .float([]))
  file.append("running.mean", shape: [3], .double([1 / 3, .infinity, .leastNonzeroMagnitude]))
  file.append("scale", shape: [], .double([0.1]))
  return file
}

/// A file with this header and so many zero bytes behind it.
private func bytes(_ header: String, payload: Int = 0) -> Data {
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
    + Data(repeating: 0, count: payload)
}

@Test func aFileReadsBackToTheSameBitsWithTheWiderNumbersFirst() throws {
  let data = try sample().encoded()
  let back = try WeightFile(decoding: data, path: "w")
  #expect(back.tensors.map(\.name) == ["running.mean", "scale", "shared.0.weight", "empty"])
  #expect(back.metadata == sample().metadata)
  #expect(back["shared.0.weight"]?.shape == [2, 3])
  #expect(back["scale"] == sample()["scale"])
  #expect(back["nothing"] == nil)
  #expect(try back.encoded() == data)  // NaN and the sign of zero among them
}

@Test func theBytesAreThoseOfTheFormat() throws {
  var file = WeightFile()
  file.append("w", shape: [1, 2], .float([1, -2]))
  let header = #"{"w":{"data_offsets":[0,8],"dtype":"F32","shape":[1,2]}}"#
  let padding = (8 - header.utf8.count % 8) % 8
  let numbers = Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
  #expect(
    try file.encoded() == bytes(header + String(repeating: " ", count: padding)) + numbers)
}

@Test func anotherProgramsHeaderMayBeUnpaddedAndInAnyOrder() throws {
  let header = """
    {"b": {"dtype": "F64", "shape": [1], "data_offsets": [4, 12]},
     "__metadata__": {"by": "x"}, "a": {"shape": [1, 1], "dtype": "F32", "data_offsets": [0, 4]}}
    """
  let file = try WeightFile(decoding: bytes(header, payload: 12), path: "w")
  #expect(file.tensors.map(\.name) == ["a", "b"])
  #expect(file["b"]?.values == .double([0]))
}

private let huge = "[4611686018427387904, 4]"

@Test(arguments: [
  (Data([1, 2, 3]), "expected at least 8 bytes, got 3"),
  (
    Data(repeating: 255, count: 12), "the header's length, 18446744073709551615, exceeds the file"
  ),
  (bytes("[1]"), "the header is not a JSON object of array descriptions"),
  (bytes(#"{"w": 3}"#), "the header is not a JSON object of array descriptions"),
  (
    bytes(String(repeating: "[", count: 100_000)),
    "the header is not a JSON object of array descriptions"
  ),
  (
    bytes(#"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}"#, payload: 4),
    "\"w\": shape [2] does not fill the bytes [0, 4]"
  ),
  (
    bytes(#"{"w": {"dtype": "F32", "shape": [-1, -1], "data_offsets": [0, 4]}}"#, payload: 4),
    "\"w\": shape [-1, -1] does not fill the bytes [0, 4]"
  ),
  (
    bytes(#"{"w": {"dtype": "F32", "shape": \#(huge), "data_offsets": [0, 0]}}"#),
    "\"w\": shape \(huge) does not fill the bytes [0, 0]"
  ),
  (
    bytes(#"{"w": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}"#, payload: 8),
    "\"w\" begins at byte 4, not at 0"
  ),
  (
    bytes(#"{"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"#, payload: 5),
    "the arrays take 4 bytes, the file has 5 for them"
  ),
  (
    bytes(#"{"w": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}"#, payload: 4),
    "the arrays take 36 bytes, the file has 4 for them"
  ),
])
func aMalformedFileSaysWhatIsWrong(data: Data, message: String) {
  let error = #expect(throws: FileError.self) { try WeightFile(decoding: data, path: "run/w") }
  #expect(
    error?.description == """
      error[malformed-weights] in run/w: \(message)
        hint: the file is damaged or is not a safetensors file
      """)
}

@Test func numbersOfAnotherTypeAreRefusedByName() {
  let header = #"{"w": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}"#
  let error = #expect(throws: FileError.self) {
    try WeightFile(decoding: bytes(header, payload: 2), path: "w")
  }
  #expect(
    error?.description == """
      error[unsupported-weights] in w: "w" has numbers of type BF16
        hint: store it as F32 or F64
      """)
}

/// Every mutation either reads as a file whose arrays fill their shapes, or throws `FileError`.
@Test func mutatedFilesNeverCrashTheReader() throws {
  let original = try sample().encoded()
  var random = CounterRandom(seed: 1, named: "mutations")
  var refused = 0
  for _ in 0..<3000 {
    var data = original
    for _ in 0...Int(random.uniform() * 3) where !data.isEmpty {
      let place = Int(random.uniform() * Double(data.count))
      switch random.next() % 4 {
      case 0: data[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: data[place] = UInt8(ascii: "0") + UInt8(random.next() % 10)
      case 2: data.removeSubrange(place..<min(data.count, place + 5))
      default: data.insert(UInt8(ascii: "9"), at: place)
      }
    }
    do {
      let file = try WeightFile(decoding: data, path: "w")
      for tensor in file.tensors { #expect(tensor.shape.reduce(1, *) == tensor.values.count) }
    } catch {
      #expect(error is FileError)
      refused += 1
    }
  }
  #expect((1000..<3000).contains(refused))
}

@Test func aFileOnDiskReadsBack() throws {
  try withFolder { folder in
    let url = folder.appendingPathComponent("weights.safetensors")
    try sample().write(to: url)
    #expect(try WeightFile(contentsOf: url).tensors.count == 4)
  }
}
