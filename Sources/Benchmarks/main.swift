import Tensors

func measure(_ name: String, flops: Double, _ body: () -> Void) {
  var times: [Double] = []
  for _ in 0..<15 {
    let clock = ContinuousClock()
    let t = clock.measure { body() }
    times.append(Double(t.components.attoseconds) * 1e-18 + Double(t.components.seconds))
  }
  times.sort()
  print(name, times[times.count / 2] * 1e3, "ms", flops / times[0] / 1e9, "GFLOP/s best", flops / times[times.count / 2] / 1e9, "median")
}
let shapes = [
  ("conv1", ConvolutionGeometry(height: 32, width: 32, channels: 3, outputs: 32, kernel: 5, padding: 2), true),
  ("conv2", ConvolutionGeometry(height: 16, width: 16, channels: 32, outputs: 64, kernel: 3, padding: 1), true),
  ("conv3", ConvolutionGeometry(height: 8, width: 8, channels: 64, outputs: 64, kernel: 3, padding: 1), false),
]
for (name, g, pooled) in shapes {
  let n = 64
  let x = AlignedMemory(n * g.paddedCount)
  let y = AlignedMemory(n * g.outputHeight * g.outputWidth * g.outputs)
  let w = AlignedMemory(g.weightCount), p = AlignedMemory(PackedWeights.count(g))
  let scratch = AlignedMemory(Convolution.scratchCount(g))
  let winners = UnsafeMutablePointer<UInt8>.allocate(capacity: y.count)
  for i in 0..<x.count { x.base[i] = Float(i % 17) * 0.1 - 0.5 }
  PackedWeights.pack(g, w.base, into: p.base)
  measure(name, flops: 2 * Double(n * g.multiplyAdds)) {
    for i in 0..<n {
      if pooled {
        Convolution.forwardPooled(g, x.base + i * g.paddedCount, packed: p.base, bias: w.base, slope: 0.01, into: y.base + i * 16384, outputRow: g.outputWidth / 2 * g.outputs, winners: winners, scratch: scratch.base)
      } else {
        Convolution.forward(g, x.base + i * g.paddedCount, packed: p.base, bias: w.base, slope: 0.01, into: y.base, outputRow: g.outputWidth * g.outputs, scratch: scratch.base)
      }
    }
  }
}
for (name, g, pooled) in shapes {
  let n = 64
  let x = AlignedMemory(n * g.paddedCount), dx = AlignedMemory(n * g.paddedCount)
  let outs = g.outputHeight * g.outputWidth * g.outputs
  let y = AlignedMemory(n * outs)
  let w = AlignedMemory(g.weightCount), p = AlignedMemory(PackedWeights.count(g.transposed)), ps = AlignedMemory(PackedWeights.scatterCount(g))
  let dw = AlignedMemory(WeightGradient.count(g))
  let scratch = AlignedMemory(Convolution.scratchCount(g.transposed))
  let winners = UnsafeMutablePointer<UInt8>.allocate(capacity: y.count)
  let order = UnsafeMutablePointer<UInt16>.allocate(capacity: y.count * 2)
  for i in 0..<x.count { x.base[i] = Float(i % 17) * 0.1 - 0.5 }
  for i in 0..<y.count { y.base[i] = Float(i % 13) * 0.1 - 0.5; winners[i] = UInt8((i &* 2654435761) >> 7 & 3) }
  PackedWeights.packTransposed(g, w.base, into: p.base)
  let full = 2 * Double(n * g.multiplyAdds)
  measure(name + " dense dw", flops: full) {
    for i in 0..<n { WeightGradient.add(g, x.base + i * g.paddedCount, y.base + i * outs, into: dw.base) }
  }
  measure(name + " dense dx", flops: full) {
    let t = g.transposed
    for i in 0..<n { Convolution.forward(t, y.base + i * outs / 2, packed: p.base, bias: nil, slope: 1, into: dx.base + i * g.paddedCount, outputRow: g.width * g.channels, scratch: scratch.base) }
  }
  if pooled {
    measure(name + " pooled dw", flops: full) {
      for i in 0..<n { PooledGradient.addWeights(g, x.base + i * g.paddedCount, y.base + i * outs / 4, winners: winners + i * outs / 4, into: dw.base) }
    }
    measure(name + " pooled dx", flops: full) {
      for i in 0..<n { PooledGradient.addInput(g, y.base + i * outs / 4, winners: winners + i * outs / 4, weights: ps.base, into: dx.base + i * g.paddedCount, order: order) }
    }
  }
}
