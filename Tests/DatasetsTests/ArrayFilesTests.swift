import Datasets
import Foundation
import TestSupport
import Testing

struct ArrayFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  // MARK: Files made by hand

  static func idx(_ extents: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(extents.count)]
      + extents.flatMap { [UInt8(0), 0, UInt8($0 / 256), UInt8($0 % 256)] } + bytes
  }

  private static let labels: [UInt8] = [3, 0, 1, 3, 2, 1]
  private static let pixels = (0..<6 * 20).map { UInt8($0 * 2) }

  /// Six images of 5 × 4 for training, the first two of them for testing.
  private func writeMNIST() throws {
    try folder.write(Self.idx([6, 5, 4], Self.pixels), to: "train-images-idx3-ubyte")
    try folder.write(Self.idx([6], Self.labels), to: "train-labels-idx1-ubyte")
    try folder.write(Self.idx([2, 5, 4], Array(Self.pixels[..<40])), to: "t10k-images-idx3-ubyte")
    try folder.write(Self.idx([2], [3, 0]), to: "t10k-labels-idx1-ubyte")
  }

  private func mnist(_ change: (inout ArrayFiles) -> Void = { _ in }) throws -> DataSet {
    var files = ArrayFiles(.idx, path: folder.path)
    change(&files)
    return try DataSet.load(.arrays(files), cache: nil)
  }

  private static func record(_ labels: [UInt8]) -> [UInt8] {
    labels + (0..<3072).map { UInt8($0 / 1024 * 50 + $0 % 7) }
  }

  private func writeCIFAR10() throws {
    for batch in 1...5 {
      try folder.write(
        Self.record([UInt8(batch)]) + Self.record([UInt8(9 - batch)]), to: "data_batch_\(batch).bin"
      )
    }
    try folder.write(Self.record([7]) + Self.record([2]), to: "test_batch.bin")
  }

  private func cifar() throws -> DataSet {
    try DataSet.load(.arrays(ArrayFiles(.cifar, path: folder.path)), cache: nil)
  }

  private func npz(_ name: String) throws -> DataSet {
    try DataSet.load(.arrays(ArrayFiles(.npz, path: "\(folder.path)/\(name)")), cache: nil)
  }

  private func signs() throws -> DataSet {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (3, 4, 2, 16)
    return try DataSet.load(.synthetic(signs), cache: nil)
  }

  // MARK: What is read

  @Test func idxFilesAreRead() throws {
    try writeMNIST()
    let data = try mnist()
    #expect(data.train.shape == ImageShape(height: 5, width: 4, channels: 1))
    #expect(data.train.pixels == Self.pixels)
    #expect(data.train.labels == Self.labels.map(Int.init))
    #expect(data.test.labels == [3, 0])
    #expect(data.classNames == ["0", "1", "2", "3"])
  }

  @Test func permutedCopiesHaveTheSamePixelsInOtherPlaces() throws {
    try writeMNIST()
    let data = try mnist { $0.permutations = 3 }
    let plain = try mnist()
    #expect(data.train.count == 18)
    #expect(data.classNames.count == 12)
    #expect(Array(data.train.pixels[..<120]) == plain.train.pixels)
    #expect(data.train.labels[12...].map { $0 - 8 } == plain.train.labels)
    // One order for all images, training and test, and another for the next copy.
    let order = (0..<20).map { place in
      plain.train.pixels[..<20].firstIndex(of: data.train.image(at: 6)[6 * 20 + place])
    }
    for (split, count) in [(DataSet.Split.train, 6), (.test, 2)] {
      for image in 0..<count {
        let from = plain[split].image(at: image)
        let to = data[split].image(at: count + image)
        for place in 0..<20 {
          #expect(to[to.startIndex + place] == from[from.startIndex + (order[place] ?? -1)])
        }
      }
    }
    #expect(order != Array(0..<20))
    #expect(data.train.pixels[120..<240] != data.train.pixels[240...])
    #expect(try mnist { $0.permutations = 3 }.digest == data.digest)
    #expect(try mnist { ($0.permutations, $0.seed) = (3, 1) }.digest != data.digest)
  }

  @Test func imagesAreResized() throws {
    try writeMNIST()
    let data = try mnist { $0.size = 8 }
    #expect(data.train.shape == ImageShape(height: 8, width: 8, channels: 1))
    #expect(data.train.count == 6)
  }

  @Test func cifarIsReadChannelByChannel() throws {
    try writeCIFAR10()
    let data = try cifar()
    #expect(data.train.labels == [1, 8, 2, 7, 3, 6, 4, 5, 5, 4])
    #expect(data.test.labels == [7, 2])
    #expect(Array(data.train.image(at: 0).prefix(6)) == [0, 52, 104, 1, 53, 105])
    #expect(data.classNames.count == 10)
  }

  @Test func cifar100TakesTheFineLabel() throws {
    let records = [[3, 41], [0, 99], [1, 5], [1, 6], [1, 7]].flatMap(Self.record)
    try folder.write(records, to: "train.bin")
    try folder.write(Self.record([19, 0]), to: "test.bin")
    try folder.write(
      (0..<100).map { "name\($0)" }.joined(separator: "\n"), to: "fine_label_names.txt")
    let data = try cifar()
    #expect(data.train.labels == [41, 99, 5, 6, 7])
    #expect(Array(data.train.image(at: 1).prefix(6)) == [0, 52, 104, 1, 53, 105])
    #expect(data.classNames[41] == "name41")
  }

  @Test func whatIsExportedComesBack() throws {
    let signs = try signs()
    try signs.writeNPZ(to: folder.path + "/signs.npz")
    let data = try npz("signs.npz")
    #expect(data.digest == signs.digest)
    #expect(data.classNames == signs.classNames)
    #expect(data.train.tracks == signs.train.tracks)
    #expect(try folder.names() == ["signs.npz"])
  }

  // MARK: What is refused

  /// A file cut anywhere is refused, and the error names the file and the place.
  @Test func idxFileCutAnywhereIsRefused() throws {
    try writeMNIST()
    let whole = try folder.bytes("train-images-idx3-ubyte")
    for cut in 0..<whole.count {
      try folder.write(Array(whole[..<cut]), to: "train-images-idx3-ubyte")
      let error = #expect(throws: DataSetError.self, "cut at \(cut)") { try mnist() }
      #expect(
        error?.message.contains("train-images-idx3-ubyte, byte \(cut)") == true,
        "\(String(describing: error))")
    }
  }

  @Test func cifarFileCutAnywhereIsRefused() throws {
    try writeCIFAR10()
    let whole = try folder.bytes("data_batch_3.bin")
    let cuts = Array(stride(from: 0, to: whole.count, by: whole.count / 200))
    // Also between two images.
    for cut in cuts + [3073] {
      try folder.write(Array(whole[..<cut]), to: "data_batch_3.bin")
      let error = #expect(throws: DataSetError.self, "cut at \(cut)") { try cifar() }
      #expect(error?.message.contains("data_batch_3.bin, byte \(cut)") == true)
    }
  }

  @Test(arguments: [(file: "train.bin", images: 9), (file: "test.bin", images: 1)])
  func cifar100FileCutBetweenImagesIsRefused(file: String, images: Int) throws {
    let record = Self.record([3, 41])
    for (name, count) in [("train.bin", 10), ("test.bin", 2)] {
      let count = name == file ? images : count
      try folder.write((0..<count).flatMap { _ in record }, to: name)
    }
    let error = #expect(throws: DataSetError.self) { try cifar() }
    #expect(error?.message.contains("\(file), byte \(images * 3074)") == true)
  }

  @Test func npzFileCutAnywhereIsRefused() throws {
    try signs().writeNPZ(to: folder.path + "/signs.npz")
    let whole = try folder.bytes("signs.npz")
    for cut in stride(from: 0, to: whole.count, by: whole.count / 200) {
      try folder.write(Array(whole[..<cut]), to: "cut.npz")
      let error = #expect(throws: DataSetError.self, "cut at \(cut)") { try npz("cut.npz") }
      #expect(error?.message.contains("cut.npz") == true)
    }
  }

  @Test func mislabelledFilesAreRefused() throws {
    try writeMNIST()
    try folder.write(Self.idx([5], Array(Self.labels.prefix(5))), to: "train-labels-idx1-ubyte")
    #expect(throws: DataSetError.self) { try mnist() }
    try folder.write(Self.idx([6, 5, 4], Self.pixels), to: "train-labels-idx1-ubyte")
    let mixed = #expect(throws: DataSetError.self) { try mnist() }
    #expect(mixed?.message.contains("mixed up") == true)
    try writeCIFAR10()
    try folder.write(Self.record([10]) + Self.record([2]), to: "test_batch.bin")
    let label = #expect(throws: DataSetError.self) { try cifar() }
    #expect(label?.message.contains("10 is not a class") == true)
  }

  /// 4 billion images, or images of 4 billion pixels, that a file of 16 bytes claims to hold.
  @Test(arguments: [
    [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 5, 0, 0, 0, 4],
    [0, 0, 0, 6] + Array(repeating: 0xFF, count: 8),
  ])
  func claimsOfMemoryAreRefused(extents: [UInt8]) throws {
    try writeMNIST()
    try folder.write([0, 0, 8, 3] + extents, to: "train-images-idx3-ubyte")
    #expect(throws: DataSetError.self) { try mnist() }
    try folder.write([0, 0, 8, 1] + extents.prefix(4), to: "train-labels-idx1-ubyte")
    #expect(throws: DataSetError.self) { try mnist() }
  }

  // MARK: Damage

  @Test func damagedIDXFilesAreReadOrRefused() throws {
    try writeMNIST()
    try expectNoHarm(from: "train-images-idx3-ubyte", seed: 1) { try mnist() }
  }

  @Test func damagedCIFARFilesAreReadOrRefused() throws {
    let records = (0..<5).flatMap { Self.record([0, 10 * $0]) }
    try folder.write(records, to: "train.bin")
    try folder.write(Self.record([0, 99]), to: "test.bin")
    try expectNoHarm(from: "test.bin", seed: 2) { try cifar() }
  }

  @Test func damagedNPZFilesAreReadOrRefused() throws {
    try signs().writeNPZ(to: folder.path + "/signs.npz")
    try expectNoHarm(from: "signs.npz", seed: 3) { try npz("signs.npz") }
  }

  /// Loads many damaged copies of a file, some of which can still be read.
  private func expectNoHarm(
    from name: String, seed: UInt64, load: () throws -> DataSet
  ) throws {
    var copies = Mutations(of: [try folder.bytes(name)], seed: seed)
    var read = 0
    for _ in 0..<Mutations.count(500) {
      try folder.write(copies.next(), to: name)
      do {
        let data = try load()
        #expect(data.train.pixels.count == data.train.count * data.train.shape.count)
        #expect(data.test.pixels.count == data.test.count * data.test.shape.count)
        read += 1
      } catch let error as DataSetError {
        #expect(!error.message.isEmpty)
      }
    }
    #expect(read > 0)
  }
}
