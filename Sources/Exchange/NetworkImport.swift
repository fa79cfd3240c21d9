public import Networks
import PlainText
import Randomness
import Tensors

/// Networks from files of weights.
public enum NetworkImport {
  /// What programs put in front of all names: DataParallel, torch.compile, Lightning and others.
  private static let prefixes = ["module.", "_orig_mod.", "model.", "net."]

  /// Reads a safetensors file or a state dict that PyTorch saved.
  ///
  /// - Parameters:
  ///   - architecture: The one that the weights belong to; else the one that the file names, or that
  ///     of the networks by name whose tensors have these names and shapes.
  ///   - part: Which state dict of the file, if it has several.
  public static func network(
    _ path: String, like architecture: Architecture?, part: String? = nil
  ) throws -> Network {
    let file = try read(path, part: part, like: architecture)
    guard
      var architecture =
        try architecture ?? file.architecture(path: path) ?? knownArchitecture(file)
    else {
      let parts = groups(in: file, like: nil)
      if parts.count > 1 { throw WeightFile.Failure.severalParts(path: path, parts: parts) }
      throw WeightFile.Failure.notWeights(
        path: path,
        reason: "its tensors (\(shown(file))) are those of no network that Waymark knows by name; "
          + "define such a network and say like=NET")
    }
    architecture.takeOutputs(from: file)
    // Before memory is taken for a network that the file does not fill.
    let places = architecture.parameters + architecture.statistics
    for parameter in places {
      guard let tensor = file.tensors[parameter.name] else {
        let parts = groups(in: file, like: architecture)
        if parts.count > 1 { throw WeightFile.Failure.severalParts(path: path, parts: parts) }
        throw WeightFile.Failure.missing(path: path, parameter: parameter.name)
      }
      guard tensor.shape == parameter.shape else {
        throw WeightFile.Failure.otherShape(
          path: path, parameter: parameter.name, expected: parameter.shape, found: tensor.shape)
      }
      guard tensor.elements.allSatisfy(\.isFinite) else {
        throw WeightFile.Failure.notFinite(path: path, tensor: parameter.name)
      }
    }
    // A network without some of its layers would compute something else.
    let unused = Set(file.tensors.keys).subtracting(places.map(\.name)).filter {
      !$0.hasSuffix("num_batches_tracked")
    }
    guard unused.isEmpty else {
      throw WeightFile.Failure.unused(
        path: path, network: architecture.name, tensors: unused.sorted())
    }
    var network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 0))
    try network.load(file, from: path)
    return network
  }

  /// A file's tensors, those of `part` if it is given, without what stands in front of all names.
  private static func read(
    _ path: String, part: String?, like architecture: Architecture?
  ) throws -> WeightFile {
    var file: WeightFile
    var parts: [String] = []
    var isPart = part == nil
    if path.hasSuffix(".safetensors") {
      file = try WeightFile.read(path)
    } else {
      let found = try TorchFile.find(part, in: path)
      (file, parts) = (found.file, found.parts)
      isPart = isPart || found.isPart
    }
    if let part, !isPart {
      guard let group = file.without(prefix: part + ".") else {
        throw WeightFile.Failure.noPart(
          path: path, part: part, parts: parts + groups(in: file, like: architecture))
      }
      file = group
    }
    return withoutPrefixes(file, like: try architecture ?? file.architecture(path: path))
  }

  /// The same tensors under shorter names, with the file's metadata.
  ///
  /// - Parameter architecture: Prefixes that its own names have stay.
  private static func withoutPrefixes(
    _ file: WeightFile, like architecture: Architecture?
  ) -> WeightFile {
    var file = file
    let own = architecture?.parameters.map(\.name) ?? []
    while let prefix = prefixes.first(where: { prefix in
      !own.contains { $0.hasPrefix(prefix) }
        && file.tensors.keys.allSatisfy { $0.hasPrefix(prefix) && $0 != prefix }
    }), let stripped = file.without(prefix: prefix) {
      file = WeightFile(tensors: stripped.tensors, metadata: file.metadata)
    }
    return file
  }

  /// The words before the first dot, if what follows each of some of them is a network of its own.
  private static func groups(in file: WeightFile, like architecture: Architecture?) -> [String] {
    let words = Set(
      file.tensors.keys.compactMap { name in
        name.firstIndex(of: ".").map { String(name[..<$0]) }
      })
    guard (2...8).contains(words.count) else { return [] }
    return words.sorted().filter { word in
      guard let group = file.without(prefix: word + ".") else { return false }
      let inner = withoutPrefixes(group, like: architecture)
      guard var architecture else { return knownArchitecture(inner) != nil }
      architecture.takeOutputs(from: inner)
      return architecture.isFilled(by: inner)
    }
  }

  private static func shown(_ file: WeightFile) -> String {
    file.tensors.keys.sorted().map { String($0.prefix(40)) }.abridged()
  }

  /// The first of the networks by name, for square images of any size, whose tensors the file has.
  private static func knownArchitecture(_ file: WeightFile) -> Architecture? {
    let convolution = file.tensors.keys.sorted().compactMap { name -> Int? in
      guard let shape = file.tensors[name]?.shape, shape.count == 4 else { return nil }
      return shape[1]
    }
    for preset in Preset.all {
      for channels in Set(convolution).sorted() where (1...4).contains(channels) {
        for size in [32] + Array(8...256) {
          let input = LayerShape.image(height: size, width: size, channels: channels)
          guard
            var architecture = try? preset.architecture(input: input, outputs: 1),
            let head = architecture.heads.first,
            let outputs = file.tensors[head.name + ".weight"]?.shape.first,
            (1...1 << 16).contains(outputs)
          else { continue }
          architecture.setOutputs(outputs)
          if architecture.isFilled(by: file) { return architecture }
        }
      }
    }
    return nil
  }
}

extension Architecture {
  /// Gives the heads as many outputs as a file's have.
  fileprivate mutating func takeOutputs(from file: WeightFile) {
    for head in heads {
      if let outputs = file.tensors[head.name + ".weight"]?.shape.first, outputs > 0,
        outputs <= 1 << 16
      {
        setOutputs(outputs)
      }
    }
  }

  /// Whether a file has all of its tensors.
  fileprivate func isFilled(by file: WeightFile) -> Bool {
    (parameters + statistics).allSatisfy { file.tensors[$0.name]?.shape == $0.shape }
  }
}

extension WeightFile {
  /// The tensors whose names begin with `prefix`, without it; nil if there are none. Metadata is of
  /// a whole file and does not go with a part of it.
  fileprivate func without(prefix: String) -> WeightFile? {
    let chosen = tensors.filter { $0.key.hasPrefix(prefix) }
    guard !chosen.isEmpty else { return nil }
    return WeightFile(
      tensors: Dictionary(
        chosen.map { (String($0.key.dropFirst(prefix.count)), $0.value) },
        uniquingKeysWith: { a, _ in a }
      ), metadata: [:])
  }
}
