/// A dictionary of a pickle that has weights in it.
struct TorchPart {
  /// The keys that lead to it, with dots between; empty for the outermost dictionary.
  var name: String
  /// Keys and values in turn.
  var dictionary: [Int]
  /// Whether its keys are those of layers, as in `conv1.weight`.
  var hasLayers: Bool

  /// Dictionaries within dictionaries are looked at down to this depth, and so many of them, under
  /// keys of so many characters: names are made of keys, and one key can be a file's all.
  private static let (depthLimit, countLimit, keyLimit) = (3, 1000, 200)

  /// All in a pickle, the outermost first; what several keys lead to is there once.
  static func all(in outer: [Int], _ pickle: Pickle) -> [TorchPart] {
    var parts: [TorchPart] = []
    var waiting = [(name: "", dictionary: outer, depth: 0)]
    var seen: Set<Int> = [pickle.root]
    var next = 0
    while next < waiting.count {
      let (name, dictionary, depth) = waiting[next]
      next += 1
      var (hasWeights, hasLayers) = (false, false)
      for place in stride(from: 0, to: dictionary.count, by: 2) {
        guard case .text(let key) = pickle[dictionary[place]] else { continue }
        let value = dictionary[place + 1]
        switch pickle[value] {
        case .tensor(let tensor) where tensor.storage.elementType != nil:
          hasWeights = true
          hasLayers = hasLayers || key.contains(".")
        case .dictionary(let inner)
        where depth < depthLimit && waiting.count < countLimit && key.utf8.count <= keyLimit:
          if seen.insert(value).inserted {
            waiting.append((name.isEmpty ? key : "\(name).\(key)", inner, depth + 1))
          }
        default: break
        }
      }
      if hasWeights {
        parts.append(TorchPart(name: name, dictionary: dictionary, hasLayers: hasLayers))
      }
    }
    return parts
  }

  /// The one that is a network's state dict, beside an optimizer's and other things; nil if several
  /// may be meant.
  static func network(among parts: [TorchPart]) -> TorchPart? {
    if let outer = parts.first, outer.name.isEmpty, outer.hasLayers || parts.count == 1 {
      return outer
    }
    let inner = parts.filter { !$0.name.isEmpty }
    let usual: Set = ["state_dict", "model_state_dict", "model", "network", "net"]
    let known = inner.filter { part in
      part.name.split(separator: ".").last.map { usual.contains(String($0)) } ?? false
    }
    if known.count == 1 { return known[0] }
    return inner.count == 1 ? inner[0] : nil
  }
}
