import Exchange
import Foundation
import Networks
import Randomness
import Tensors
import Testing

/// Files whose tensors are not just those of the network.
struct NetworkImportTests {
  private let folder: ScratchFolder
  private let whole: [String: Tensor]

  init() throws {
    folder = try ScratchFolder()
    let path = folder("whole.safetensors")
    try WeightFile.write(WrittenNetwork(try SmallNetwork.network()), to: path)
    whole = try WeightFile.read(path).tensors
  }

  /// A file as others write it, without Waymark's metadata.
  private func file(_ tensors: [String: Tensor]) throws -> String {
    var header: [String: [String: Any]] = [:]
    var numbers: [UInt8] = []
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = numbers.count
      tensor.elements.withUnsafeBytes { numbers.append(contentsOf: $0) }
      header[name] = [
        "dtype": "F32", "shape": tensor.shape, "data_offsets": [start, numbers.count],
      ]
    }
    let text = try JSONSerialization.data(withJSONObject: header)
    let length = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) }
    return try folder.write(length + Array(text) + numbers, to: "net.safetensors")
  }

  private func renamed(_ change: (String) -> String) -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: whole.map { (change($0.key), $0.value) })
  }

  @Test(arguments: ["", "module.", "_orig_mod.", "model.", "net.", "module._orig_mod.model."])
  func whatStandsInFrontOfAllNamesIsTakenOff(prefix: String) throws {
    let path = try file(renamed { prefix + $0 })
    let network = try NetworkImport.network(path, like: SmallNetwork.architecture())
    #expect(network == (try SmallNetwork.network()))
  }

  @Test func prefixThatNotAllHaveStays() throws {
    let path = try file(renamed { $0.hasPrefix("fc") ? $0 : "module." + $0 })
    #expect(throws: WeightFile.Failure.missing(path: path, parameter: "conv1.weight")) {
      try NetworkImport.network(path, like: SmallNetwork.architecture())
    }
  }

  @Test func tensorsWithoutAPlaceAreNamed() throws {
    let more = ["bn1.weight": Tensor([3], [1, 1, 1]), "bn1.bias": Tensor([3], [0, 0, 0])]
    let path = try file(whole.merging(more) { $1 })
    #expect(
      throws: WeightFile.Failure.unused(
        path: path, network: "small", tensors: ["bn1.bias", "bn1.weight"])
    ) {
      try NetworkImport.network(path, like: SmallNetwork.architecture())
    }
    let counted = try file(whole.merging(["bn1.num_batches_tracked": Tensor([1], [7])]) { $1 })
    let network = try NetworkImport.network(counted, like: SmallNetwork.architecture())
    #expect(network == (try SmallNetwork.network()))
  }

  @Test(arguments: [Float.nan, .infinity])
  func numbersThatAreNotFiniteAreRefused(number: Float) throws {
    var tensors = whole
    tensors["fc.bias"] = Tensor([2], [0, number])
    let path = try file(tensors)
    #expect(throws: WeightFile.Failure.notFinite(path: path, tensor: "fc.bias")) {
      try NetworkImport.network(path, like: SmallNetwork.architecture())
    }
  }

  @Test func networksSideBySideAreChosenByTheirPrefix() throws {
    let other = whole.mapValues { Tensor($0.shape, $0.elements.map { $0 + 1 }) }
    var both = renamed { "teacher." + $0 }
    for (name, tensor) in other { both["student.module." + name] = tensor }
    let path = try file(both)
    let small = try SmallNetwork.architecture()
    #expect(throws: WeightFile.Failure.severalParts(path: path, parts: ["student", "teacher"])) {
      try NetworkImport.network(path, like: small)
    }
    #expect(
      throws: WeightFile.Failure.noPart(path: path, part: "x", parts: ["student", "teacher"])
    ) {
      try NetworkImport.network(path, like: small, part: "x")
    }
    let teacher = try NetworkImport.network(path, like: small, part: "teacher")
    let student = try NetworkImport.network(path, like: small, part: "student")
    #expect(teacher == (try SmallNetwork.network()))
    #expect(student.weights.elements == teacher.weights.elements.map { $0 + 1 })
  }

  /// Dictionaries within a dictionary, each with a tensor of two numbers.
  private func checkpoint(_ names: [String]) throws -> String {
    func text(_ word: String) -> String {
      "X\(Character(UnicodeScalar(UInt8(word.count))))\0\0\0\(word)"
    }
    let storage =
      "(\(text("storage"))ctorch\nFloatStorage\n\(text("0"))\(text("cpu"))K\u{2}tQ"
    let tensor = "ctorch._utils\n_rebuild_tensor_v2\n(\(storage)K\0K\u{2}\u{85}K\u{1}\u{85}tR"
    let items = names.map { "\(text($0))}\(text("fc.bias"))\(tensor)ss" }
    let pickle = "\u{80}\u{2}}\(items.joined())."
    return try folder.write(
      ZipBytes.archive([
        ("net/data.pkl", pickle.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
        ("net/data/0", [UInt8](repeating: 0, count: 8)),
      ]), to: "checkpoint.pth")
  }

  @Test(arguments: [["state_dict"], ["weights"], ["ema", "state_dict"]])
  func stateDictOfTheNetworkIsFound(names: [String]) throws {
    #expect(try TorchFile.read(checkpoint(names)).tensors.keys.sorted() == ["fc.bias"])
  }

  @Test func severalStateDictsAreListed() throws {
    let path = try checkpoint(["teacher", "student"])
    let names = ["teacher", "student"]
    #expect(throws: WeightFile.Failure.severalParts(path: path, parts: names)) {
      try TorchFile.read(path)
    }
    #expect(throws: WeightFile.Failure.noPart(path: path, part: "x", parts: names)) {
      try TorchFile.read(path, part: "x")
    }
    for name in names {
      #expect(try TorchFile.read(path, part: name).tensors.count == 1)
    }
  }

  /// The state dict of a network for a pickle whose storages have the given first number.
  private func pickled(_ tensors: [String: Tensor], firstStorage: Int) -> String {
    TorchBytes.dictionary(
      tensors.sorted { $0.key < $1.key }.enumerated().map { index, item in
        let shape = item.value.shape
        let strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
        let storage = TorchBytes.storage(item.value.count, key: "\(firstStorage + index)")
        return (
          item.key,
          TorchBytes.tensor(
            storage, shape: TorchBytes.tuple(shape), strides: TorchBytes.tuple(strides))
        )
      })
  }

  @Test func stateDictOfAPickleIsChosenByItsName() throws {
    let numbers = whole.sorted { $0.key < $1.key }.map(\.value.elements)
    let other = numbers.map { $0.map { $0 + 1 } }
    let path = try folder.write(
      TorchBytes.file(
        TorchBytes.dictionary([
          ("teacher", pickled(whole, firstStorage: 0)),
          ("student", pickled(whole, firstStorage: numbers.count)),
        ]), numbers + other), to: "both.pth")
    let small = try SmallNetwork.architecture()
    let teacher = try NetworkImport.network(path, like: small, part: "teacher")
    let student = try NetworkImport.network(path, like: small, part: "student")
    #expect(teacher == (try SmallNetwork.network()))
    #expect(student.weights.elements == teacher.weights.elements.map { $0 + 1 })
  }

  @Test func headsHaveAsManyOutputsAsInTheFile() throws {
    var wide = try SmallNetwork.architecture()
    wide.setOutputs(7)
    #expect(try NetworkImport.network(file(whole), like: wide) == (try SmallNetwork.network()))
  }

  /// The network's own names may begin as those that other programs put in front.
  @Test func prefixesThatTheNetworkHasStay() throws {
    let architecture = try Architecture(
      name: "prefixed", input: .image(height: 6, width: 6, channels: 2),
      layers: [
        .convolution(name: "model.conv1", outputs: 3, kernel: 3, padding: 1), .maxPool, .flatten,
      ], heads: [Head(name: "model.fc", outputs: 2)])
    let network = try NetworkImport.network(file(renamed { "model." + $0 }), like: architecture)
    #expect(network.weights == (try SmallNetwork.network()).weights)
  }

  /// So may those of the network that the file itself describes.
  @Test func prefixesOfTheNetworkInTheFileStay() throws {
    let architecture = try Architecture(
      name: "prefixed", input: .image(height: 6, width: 6, channels: 2),
      layers: [
        .convolution(name: "net.conv1", outputs: 3, kernel: 3, padding: 1), .maxPool, .flatten,
      ], heads: [Head(name: "net.fc", outputs: 2)])
    let network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 4))
    let path = folder("prefixed.safetensors")
    try WeightFile.write(WrittenNetwork(network), to: path)
    #expect(try NetworkImport.network(path, like: nil) == network)
  }

  /// What is beside a network is no second one: the names it has are missing.
  @Test func onlyNetworksAreParts() throws {
    var tensors = renamed { "teacher." + $0 }
    tensors["optimizer.step"] = Tensor([1], [3])
    let path = try file(tensors)
    #expect(throws: WeightFile.Failure.missing(path: path, parameter: "conv1.weight")) {
      try NetworkImport.network(path, like: SmallNetwork.architecture())
    }
  }
}
