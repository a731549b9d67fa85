import CAllocationCounter
import Dispatch
import Testing

@testable import RankineStudies

@Suite(.enabled(if: allocation_counter_is_available() != 0))
struct StepAllocationTests {
  @Test func theCounterSeesAnAllocation() {
    let before = allocation_counter_count()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 100_000, alignment: 64)
    defer { memory.deallocate() }
    #expect(allocation_counter_count() > before)
  }

  @Test func theCounterOfAllThreadsSeesAnotherThreadsAllocation() {
    allocation_counter_start()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      UnsafeMutableRawPointer.allocate(byteCount: 100_000, alignment: 64).deallocate()
    }
    #expect(allocation_counter_stop() >= 4)
  }

  @Test(arguments: StepBenchmark.Variant.allCases, [1, 2])
  func aStepAllocatesNothing(_ variant: StepBenchmark.Variant, _ threads: Int) throws {
    let sample = BenchmarkSample(drawing: BenchmarkShape.Size.small.shape)
    let trainer = try StepBenchmark(sample, variant: variant, threads: threads).makeTrainer()
      .trainer
    trainer.refreshPartners()
    let rows = (0..<Int32(64)).map { $0 }
    try rows.withUnsafeBufferPointer { rows in
      _ = try trainer.step(rows)
      let before = allocation_counter_count()
      for _ in 0..<20 { _ = try trainer.step(rows) }
      trainer.refreshPartners()
      #expect(allocation_counter_count() == before)
    }
  }
}
