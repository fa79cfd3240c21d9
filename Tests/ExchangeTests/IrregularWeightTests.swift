import Datasets
import Exchange
import Foundation
import Networks
import System
import Testing

/// A pipe in the place of weights is refused at once: reading it could wait for ever.
@Suite(.timeLimit(.minutes(1))) struct IrregularWeightTests {
  @Test func pipesAreNoWeights() throws {
    let path = NSTemporaryDirectory() + "waymark-pipe-\(UUID().uuidString)"
    #expect(mkfifo(path, 0o644) == 0)
    defer { unlink(path) }
    #expect(throws: DataSetError.unreadable(path: path, reason: "it is not a regular file")) {
      try TorchFile.read(path)
    }
    #expect(throws: WeightFile.Failure.self) { try WeightFile.read(path) }
  }
}
