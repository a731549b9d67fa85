import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The three functions of zlib that expanding needs, found at run time.
struct ZlibLibrary: Sendable {
  private typealias Initialize =
    @convention(c) @Sendable (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
  private typealias Step = @convention(c) @Sendable (UnsafeMutableRawPointer, Int32) -> Int32
  private typealias End = @convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32

  private let initialize: Initialize
  private let step: Step
  private let end: End

  /// nil where zlib is not installed.
  static let shared: ZlibLibrary? = ["libz.so.1", "libz.dylib", "libz.so"].lazy
    .compactMap(ZlibLibrary.init).first

  private init?(_ name: String) {
    guard let library = dlopen(name, RTLD_NOW),
      let initialize = dlsym(library, "inflateInit2_"),
      let step = dlsym(library, "inflate"),
      let end = dlsym(library, "inflateEnd")
    else { return nil }
    self.initialize = unsafeBitCast(initialize, to: Initialize.self)
    self.step = unsafeBitCast(step, to: Step.self)
    self.end = unsafeBitCast(end, to: End.self)
  }

  /// zlib's `z_stream`, field by field.
  private struct Stream {
    var nextIn: UnsafeMutablePointer<UInt8>?
    var availableIn: UInt32 = 0
    var totalIn: UInt = 0
    var nextOut: UnsafeMutablePointer<UInt8>?
    var availableOut: UInt32 = 0
    var totalOut: UInt = 0
    var message: UnsafePointer<CChar>?
    var state: OpaquePointer?
    var allocate: OpaquePointer?
    var free: OpaquePointer?
    var opaque: OpaquePointer?
    var dataType: Int32 = 0
    var adler: UInt = 0
    var reserved: UInt = 0
  }

  /// Expands one gzip file of any number of members; nil when it is damaged, cut short, followed
  /// by anything but zeros, or expands to 4 GiB and more.
  func expand(_ bytes: [UInt8]) -> [UInt8]? {
    var plain: [UInt8] = []
    var start = 0
    repeat {
      guard let used = expandMember(bytes, from: start, into: &plain) else { return nil }
      start += used
    } while start < bytes.count && bytes[start] != 0
    return bytes[start...].allSatisfy { $0 == 0 } ? plain : nil
  }

  /// - Returns: the number of bytes that the member takes, nil when it is damaged.
  private func expandMember(
    _ bytes: [UInt8], from start: Int, into plain: inout [UInt8]
  ) -> Int? {
    let gzipFormat: Int32 = 15 + 16
    let done: Int32 = 1
    let count = bytes.count - start
    guard count < UInt32.max else { return nil }
    var input = Array(bytes[start...])
    var block = [UInt8](repeating: 0, count: 1 << 16)
    // zlib keeps the address of the stream and compares it at every call.
    let stream = UnsafeMutablePointer<Stream>.allocate(capacity: 1)
    stream.initialize(to: Stream())
    defer { stream.deallocate() }
    let size = Int32(MemoryLayout<Stream>.size)
    guard initialize(stream, gzipFormat, "1.2.11", size) == 0 else { return nil }
    defer { _ = end(stream) }
    return input.withUnsafeMutableBufferPointer { input -> Int? in
      stream.pointee.nextIn = input.baseAddress
      stream.pointee.availableIn = UInt32(count)
      while true {
        let (status, filled) = block.withUnsafeMutableBufferPointer { block -> (Int32, Int) in
          stream.pointee.nextOut = block.baseAddress
          stream.pointee.availableOut = UInt32(block.count)
          let status = step(stream, 0)
          return (status, block.count - Int(stream.pointee.availableOut))
        }
        plain.append(contentsOf: block[..<filled])
        if status == done { return count - Int(stream.pointee.availableIn) }
        guard status == 0, filled > 0, plain.count < UInt32.max else { return nil }
      }
    }
  }
}
