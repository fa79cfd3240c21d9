public import Networks
import Randomness
import Tensors

/// Networks from files of weights.
public enum NetworkImport {
  /// Reads a safetensors file or a state dict that PyTorch saved.
  ///
  /// - Parameter architecture: The one that the weights belong to; else the one that the file
  ///   names, or that of the networks by name whose tensors have these names and shapes.
  public static func network(_ path: String, like architecture: Architecture?) throws -> Network {
    let file = path.hasSuffix(".safetensors") ? try WeightFile.read(path) : try TorchFile.read(path)
    guard
      var architecture =
        try architecture ?? file.architecture(path: path) ?? knownArchitecture(file)
    else {
      throw WeightFile.Failure.notWeights(
        path: path,
        reason: "its tensors (\(shown(file))) are those of no network that Waymark knows by name; "
          + "define such a network and say like=NET")
    }
    for head in architecture.heads {
      if let outputs = file.tensors[head.name + ".weight"]?.shape.first, outputs > 0,
        outputs <= 1 << 16
      {
        architecture.setOutputs(outputs)
      }
    }
    // Before memory is taken for a network that the file does not fill.
    for parameter in architecture.parameters + architecture.statistics {
      guard let tensor = file.tensors[parameter.name] else {
        throw WeightFile.Failure.missing(path: path, parameter: parameter.name)
      }
      guard tensor.shape == parameter.shape else {
        throw WeightFile.Failure.otherShape(
          path: path, parameter: parameter.name, expected: parameter.shape, found: tensor.shape)
      }
    }
    var network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 0))
    try network.load(file, from: path)
    return network
  }

  private static func shown(_ file: WeightFile) -> String {
    let names = file.tensors.keys.sorted().prefix(6).map { String($0.prefix(40)) }
    return names.joined(separator: ", ") + (file.tensors.count > 6 ? ", …" : "")
  }

  /// The first of the networks by name, for square images of any size, that has the file's tensors.
  private static func knownArchitecture(_ file: WeightFile) -> Architecture? {
    let convolution = file.tensors.keys.sorted().compactMap { name -> Int? in
      guard let shape = file.tensors[name]?.shape, shape.count == 4 else { return nil }
      return shape[1]
    }
    for preset in Architecture.presets {
      for channels in Set(convolution).sorted() where (1...4).contains(channels) {
        for size in [32] + Array(8...256) {
          let input = LayerShape.image(height: size, width: size, channels: channels)
          guard
            var architecture = try? Architecture.preset(preset, input: input, outputs: 1),
            let head = architecture.heads.first,
            let outputs = file.tensors[head.name + ".weight"]?.shape.first,
            (1...1 << 16).contains(outputs)
          else { continue }
          architecture.setOutputs(outputs)
          let fits = (architecture.parameters + architecture.statistics).allSatisfy {
            file.tensors[$0.name]?.shape == $0.shape
          }
          if fits { return architecture }
        }
      }
    }
    return nil
  }
}
