import Foundation
import Testing

@testable import RankineCommandLine

@Test func aClosedReaderIsNoFailureAndDoesNotEndTheProcess() throws {
  DescriptorStream.ignoreClosedPipes()
  let pipe = Pipe()
  try pipe.fileHandleForReading.close()
  let stream = DescriptorStream(pipe.fileHandleForWriting.fileDescriptor)
  stream.write("lost\n")
  stream.write("lost too\n")
  #expect(stream.failure == nil)
}

@Test func whatAPipeReadsIsWhatWasWritten() throws {
  let pipe = Pipe()
  let stream = DescriptorStream(pipe.fileHandleForWriting.fileDescriptor)
  stream.write("β = 0\n")
  try pipe.fileHandleForWriting.close()
  #expect(try pipe.fileHandleForReading.readToEnd() == Data("β = 0\n".utf8))
  #expect(!stream.isTerminal)
  #expect(stream.width == 80)
}

@Test func textThatCannotBeWrittenFailsTheCommand() {
  let stream = DescriptorStream(-1)
  let diagnostics = CapturedStream()
  let tool = Tool(name: "teapot", version: "1", summary: "", commands: [Brew()])
  let code = tool.run(["--version"], console: Console(output: stream, diagnostics: diagnostics))
  #expect(code == 1)
  #expect(diagnostics.text.hasPrefix("error[cannot-write] in standard output: "))
}

@Test func progressIsShownOnATerminalAloneAndErasedWhenTheWorkFails() {
  struct Stop: Error {}
  func shown(isTerminal: Bool, isQuiet: Bool) -> String {
    let stream = CapturedStream(isTerminal: isTerminal)
    let console = Console(output: CapturedStream(), diagnostics: stream, isQuiet: isQuiet)
    #expect(throws: Stop.self) {
      try console.withProgress("training", total: 4) { progress in
        progress.advance(to: 0)
        throw Stop()
      }
    }
    return stream.text
  }
  #expect(shown(isTerminal: true, isQuiet: false) == "\r\u{1B}[Ktraining  0%\r\u{1B}[K")
  #expect(shown(isTerminal: true, isQuiet: true).isEmpty)
  #expect(shown(isTerminal: false, isQuiet: false).isEmpty)
}
