import Networks
import Tensors

/// A network in plain loops and double precision, to hold the engine against. Nothing is dropped.
struct PlainNetwork {
  private enum Values {
    case image([Double], height: Int, width: Int, channels: Int)
    case vector([Double])

    var numbers: [Double] {
      switch self {
      case .image(let numbers, _, _, _), .vector(let numbers): numbers
      }
    }

    var channels: Int {
      switch self {
      case .image(_, _, _, let channels): channels
      case .vector(let numbers): numbers.count
      }
    }

    func with(_ numbers: [Double]) -> Values {
      switch self {
      case .image(_, let h, let w, let c): .image(numbers, height: h, width: w, channels: c)
      case .vector: .vector(numbers)
      }
    }

    func map(_ change: (Double) -> Double) -> Values { with(numbers.map(change)) }
  }

  let architecture: Architecture
  var weights: [Double]
  let statistics: [Double]
  /// Whether batch normalization goes by the batch's statistics.
  var training = false

  init(_ network: Network) {
    architecture = network.architecture
    weights = network.weights.elements.map(Double.init)
    statistics = network.statistics.elements.map(Double.init)
  }

  /// The parameters and statistics not used yet.
  private struct Supply {
    var parameters: ArraySlice<[Double]>
    var statistics: ArraySlice<[Double]>
    /// Names of the parameters, to know whether there is a bias.
    var names: ArraySlice<String>

    mutating func next() -> [Double] {
      names.removeFirst()
      return parameters.removeFirst()
    }

    mutating func nextBias(_ count: Int) -> [Double] {
      let name = names.first ?? ""
      let isBias = name.hasSuffix(".bias")
      return isBias ? next() : [Double](repeating: 0, count: count)
    }
  }

  /// The logits of every head for images [height, width, channels]: [image][head][output].
  func logits(_ images: [[Float]]) -> [[[Double]]] { logits(images.map { $0.map(Double.init) }) }

  func logits(_ images: [[Double]]) -> [[[Double]]] {
    var values = images.map { numbers -> Values in
      switch architecture.input {
      case .image(let h, let w, let c): .image(numbers, height: h, width: w, channels: c)
      case .vector: .vector(numbers)
      }
    }
    var supply = Supply(
      parameters: architecture.parameters.map { Array(weights[$0.range]) }[...],
      statistics: architecture.statistics.map { Array(statistics[$0.range]) }[...],
      names: architecture.parameters.map(\.name)[...])
    var pools: [[Values]] = []
    for layer in architecture.layers {
      if let scales = layer.details as? ScalesLayer {
        values = gathered(pools, values, scales.side)
        continue
      }
      values = run(layer, values, &supply)
      if layer == .maxPool { pools.append(values) }
    }
    let features = values.map(\.numbers)
    var logits = images.map { _ in [[Double]]() }
    for head in architecture.heads {
      let rows = supply.next()
      switch head.kind {
      case .linear:
        let bias = supply.next()
        for image in images.indices {
          logits[image].append(linear(features[image], rows, bias))
        }
      case .cosine:
        let sigma = supply.next()[0]
        for image in images.indices {
          let x = normalized(features[image])
          logits[image].append(
            (0..<head.outputs).map { output in
              let row = normalized(Array(rows[output * x.count..<(output + 1) * x.count]))
              return sigma * zip(row, x).reduce(0) { $0 + $1.0 * $1.1 }
            })
        }
      }
    }
    return logits
  }

  private func linear(_ x: [Double], _ weights: [Double], _ bias: [Double]) -> [Double] {
    bias.indices.map { output in
      x.indices.reduce(bias[output]) { $0 + weights[output * x.count + $1] * x[$1] }
    }
  }

  private func normalized(_ x: [Double]) -> [Double] {
    let norm = max(x.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12)
    return x.map { $0 / norm }
  }

  private func run(
    _ layer: Layer, _ values: [Values], _ supply: inout Supply
  ) -> [Values] {
    switch layer.details {
    case let layer as ConvolutionLayer:
      let weights = supply.next()
      let bias = supply.nextBias(layer.outputs)
      return values.map {
        convolution($0, layer.outputs, layer.kernel, layer.padding, weights, bias)
      }
    case let layer as DenseLayer:
      let weights = supply.next()
      let bias = supply.nextBias(layer.outputs)
      return values.map { .vector(linear($0.numbers, weights, bias)) }
    case let layer as ActivationLayer:
      let slope: Double =
        switch layer.activation {
        case .none: 1
        case .relu: 0
        case .leakyRelu(let slope): Double(slope)
        }
      return values.map { $0.map { $0 > 0 ? $0 : slope * $0 } }
    case is MaxPoolLayer: return values.map(pooled)
    case is FlattenLayer:
      return values.map { values in
        guard case .image(let x, let h, let w, let c) = values else { return values }
        return .vector((0..<c).flatMap { channel in (0..<h * w).map { x[$0 * c + channel] } })
      }
    case is GlobalAveragePoolLayer:
      return values.map { values in
        guard case .image(let x, let h, let w, let c) = values else { return values }
        return .vector(
          (0..<c).map { channel in
            (0..<h * w).reduce(0) { $0 + x[$1 * c + channel] } / Double(h * w)
          })
      }
    case is NormalizeLayer: return values.map { .vector(normalized($0.numbers)) }
    case is BatchNormalizationLayer:
      let (scale, shift) = (supply.next(), supply.next())
      let (mean, variance) = (supply.statistics.removeFirst(), supply.statistics.removeFirst())
      return normalizedBatch(values, scale, shift, mean, variance)
    case is DropoutLayer: return values
    case let block as ResidualLayer:
      var inside = values
      for layer in block.layers { inside = run(layer, inside, &supply) }
      return zip(values, inside).map { before, after in
        before.with(zip(before.numbers, after.numbers).map { $0 + $1 })
      }
    default: preconditionFailure("the plain network does not know \(layer.details)")
    }
  }

  private func normalizedBatch(
    _ values: [Values], _ scale: [Double], _ shift: [Double], _ mean: [Double],
    _ variance: [Double]
  ) -> [Values] {
    var values = values
    for channel in scale.indices {
      let places = values.indices.flatMap { image in
        stride(from: channel, to: values[image].numbers.count, by: scale.count).map { (image, $0) }
      }
      let numbers = places.map { values[$0.0].numbers[$0.1] }
      let count = Double(numbers.count)
      let center = training ? numbers.reduce(0, +) / count : mean[channel]
      let spread =
        training
        ? numbers.reduce(0) { $0 + ($1 - center) * ($1 - center) } / count : variance[channel]
      var changed = values.map(\.numbers)
      for (place, number) in zip(places, numbers) {
        changed[place.0][place.1] =
          (number - center) / (spread + 1e-5).squareRoot() * scale[channel] + shift[channel]
      }
      for image in values.indices { values[image] = values[image].with(changed[image]) }
    }
    return values
  }

  /// Means over a grid of every pooling's values, and of the last.
  private func gathered(_ pools: [[Values]], _ values: [Values], _ side: Int) -> [Values] {
    values.indices.map { image in
      var vectors = pools.map { $0[image] }
      if vectors.last?.numbers != values[image].numbers { vectors.append(values[image]) }
      return .vector(vectors.flatMap { grid($0, side) })
    }
  }

  private func grid(_ values: Values, _ side: Int) -> [Double] {
    guard case .image(let x, let h, let w, let c) = values else { return [] }
    return (0..<side * side * c).map { index in
      let (i, j, channel) = (index / c / side, index / c % side, index % c)
      let rows = i * h / side..<((i + 1) * h + side - 1) / side
      let columns = j * w / side..<((j + 1) * w + side - 1) / side
      let sum = rows.flatMap { row in columns.map { x[(row * w + $0) * c + channel] } }
        .reduce(0, +)
      return sum / Double(rows.count * columns.count)
    }
  }

  private func pooled(_ values: Values) -> Values {
    guard case .image(let x, let h, let w, let c) = values else { return values }
    var y: [Double] = []
    for i in 0..<h / 2 {
      for j in 0..<w / 2 {
        for channel in 0..<c {
          let four = (0..<4).map { x[((2 * i + $0 / 2) * w + 2 * j + $0 % 2) * c + channel] }
          y.append(four.max() ?? 0)
        }
      }
    }
    return .image(y, height: h / 2, width: w / 2, channels: c)
  }

  private func convolution(
    _ values: Values, _ outputs: Int, _ k: Int, _ padding: Int, _ weights: [Double],
    _ bias: [Double]
  ) -> Values {
    guard case .image(let x, let h, let w, let c) = values else { return values }
    let (height, width) = (h + 2 * padding - k + 1, w + 2 * padding - k + 1)
    var y: [Double] = []
    for i in 0..<height {
      for j in 0..<width {
        for output in 0..<outputs {
          var sum = bias[output]
          for a in 0..<k where (0..<h).contains(i + a - padding) {
            for b in 0..<k where (0..<w).contains(j + b - padding) {
              for channel in 0..<c {
                sum +=
                  x[((i + a - padding) * w + j + b - padding) * c + channel]
                  * weights[((output * c + channel) * k + a) * k + b]
              }
            }
          }
          y.append(sum)
        }
      }
    }
    return .image(y, height: height, width: width, channels: outputs)
  }

  /// Mean cross-entropy of every head, added up.
  func loss(_ images: Tensor, labels: [Int]) -> Double {
    loss(images.elements.map(Double.init), labels: labels)
  }

  /// - Parameter images: One behind the other.
  func loss(_ images: [Double], labels: [Int]) -> Double {
    let size = images.count / labels.count
    let logits = logits(labels.indices.map { Array(images[$0 * size..<($0 + 1) * size]) })
    var sum = 0.0
    for (rows, label) in zip(logits, labels) {
      for row in rows {
        let largest = row.max() ?? 0
        sum += largest + logarithm(row.reduce(0) { $0 + exponential($1 - largest) }) - row[label]
      }
    }
    return sum / Double(labels.count)
  }
}
