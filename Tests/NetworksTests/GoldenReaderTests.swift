import Testing

/// The reader of the golden files, tested by itself: it makes PyTorch's numbers again and notices
/// every kind of fault that the network tests rely on it to notice.
@Suite struct GoldenReaderTests {
  /// The first outputs of splitmix64 from state 0 and 1234567 (Vigna's splitmix64.c, as Rosetta Code
  /// and the JDK give them): output n of a state is the mix of state + n · increment.
  @Test func formulaIsSplitmix64() {
    #expect(GoldenFormula.word(0, 0) == 0xE220_A839_7B1D_CDAF)
    #expect(GoldenFormula.word(0, 1_234_567) == 6_457_827_717_110_365_317)
  }

  @Test(arguments: Golden.networkFiles)
  func formulaReproducesTheWeightsThatPyTorchHad(file: String) throws {
    let golden = try Golden.network(file)
    for tensor in golden.tensors + [golden.images] + [golden.teacher].compactMap({ $0 }) {
      #expect(!tensor.first.isEmpty)
      // The first four of the formula, of which a shorter tensor has fewer.
      let numbers = tensor.numbers
      #expect(
        Array(numbers.prefix(tensor.first.count)) == Array(tensor.first.prefix(numbers.count)),
        "\(tensor)")
    }
    for (index, label) in golden.labels.values.enumerated() {
      let word = GoldenFormula.word(golden.labels.offset, index)
      #expect(Int(word % UInt64(golden.outputs)) == label)
    }
  }

  @Test(arguments: Golden.networkFiles)
  func everyParameterHasAGradientAndTrainedWeights(file: String) throws {
    let golden = try Golden.network(file)
    let names = Set(golden.tensors.compactMap(\.name))
    #expect(names.count == golden.tensors.count)
    #expect(golden.logits.shape == [golden.images.shape[0], golden.outputs])
    for table in [
      golden.gradients, golden.afterAdam, golden.afterSGD, golden.afterAdamW,
    ] where !table.isEmpty || Golden.adaptiveFiles.contains(file) {
      #expect(Set(table.keys) == names)
      for tensor in golden.tensors {
        let entry = try #require(table[tensor.name ?? ""])
        #expect(entry.shape == tensor.shape)
        #expect(entry.values.count == min(entry.count, entry.count > 4096 ? 512 : 4096))
        #expect(entry.projections.count == (entry.count > 4096 ? 8 : 0))
      }
    }
  }

  @Test func condensedTensorAcceptsItselfAndNoticesEveryFault() {
    let numbers = (0..<8192).map { GoldenFormula.signed(7, $0, bound: 1) }
    let golden = condensed(numbers)
    #expect(golden.deviation(of: numbers, tolerance: 1e-7) == nil)
    #expect(golden.deviation(of: numbers.map { $0 * (1 + 1e-6) }, tolerance: 1e-5) == nil)

    /// What is wrong, the wrong numbers, and the figure that tells.
    var sampled = numbers
    sampled[golden.stride * 3] += 1e-3
    var between = numbers
    between[golden.stride * 3 + 1] += 0.1
    var swapped = numbers
    swapped.swapAt(1, 2)
    var infinite = numbers
    infinite[1] = .infinity
    let faults: [([Float], String)] = [
      (sampled, "element 45 "), (numbers.map { $0 * 1.001 }, "element 0 "), (between, "norm "),
      (swapped, "projection "), (infinite, "element 1 is inf"),
      (Array(numbers.dropLast()), "8191 elements"),
    ]
    for (wrong, start) in faults {
      let text = golden.deviation(of: wrong, tolerance: 1e-5)
      #expect(text?.hasPrefix(start) == true, "\(start): \(text ?? "nothing noticed")")
    }
  }

  /// As the script condenses it.
  private func condensed(_ numbers: [Float]) -> GoldenTensor {
    let stride = numbers.count / 512 - 1
    let wide = numbers.map { Double($0) }
    return GoldenTensor(
      shape: [numbers.count], norm: wide.reduce(0) { $0 + $1 * $1 }.squareRoot(),
      sum: wide.reduce(0, +),
      projections: (0..<8).map { p in
        wide.indices.reduce(0.0) {
          $0 + wide[$1] * GoldenFormula.sign(GoldenTensor.projectionOffset + UInt64(p), $1)
        }
      },
      stride: stride, values: (0..<512).map { wide[$0 * stride] })
  }
}
