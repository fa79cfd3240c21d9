import Foundation
import Learning
import Networks
import Randomness
import Sessions
import Tensors
import Testing

/// Running statistics are part of a network wherever it is kept.
struct StatisticsTests {
  private func network() throws -> Network {
    let architecture = try Architecture(
      name: "normalized", input: .image(height: 16, width: 16, channels: 3),
      layers: [
        .convolution(name: "conv", outputs: 4, kernel: 3, padding: 1),
        .batchNormalization(name: "bn"), .activation(.relu), .globalAveragePool,
      ], heads: [Head(name: "fc", outputs: 2, kind: .cosine)])
    var network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 7))
    for index in network.statistics.elements.indices {
      network.statistics.elements[index] += Float(index) / 8
    }
    return network
  }

  @Test func savedNetworkHasThem() throws {
    let folder = try ScratchFolder()
    let network = try network()
    var session = Session()
    session.set("net", to: .network(network))
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    guard case .network(let again)? = restored["net"] else { throw NotThere(name: "net") }
    #expect(again == network)
  }

  @Test func impossibleStatisticsAreRefused() throws {
    for change in [{ $0.statistics.elements[4] = -1 }, { $0.statistics.elements.removeLast() }]
      as [(inout Network) -> Void]
    {
      let folder = try ScratchFolder()
      var network = try network()
      change(&network)
      var session = Session()
      session.set("net", to: .network(network))
      try SessionFile.save(session, to: folder.file())
      let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
      #expect(!report.isComplete && restored["net"] == nil)
    }
  }

  @Test func weightFileHasThem() throws {
    let path = NSTemporaryDirectory() + "statistics-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let network = try network()
    try WeightFile.write(WrittenNetwork(network), to: path, fingerprint: "one")
    let file = try #require(try WeightFile.read(path, fingerprint: "one"))
    #expect(file.tensors["bn.running_var"]?.elements == Array(network.statistics.elements[4...]))
    var other = network
    other.initialize(.xavier, random: RandomStream(seed: 1))
    #expect(other.statistics != network.statistics)
    try other.load(file, from: path)
    #expect(other == network)
  }
}
