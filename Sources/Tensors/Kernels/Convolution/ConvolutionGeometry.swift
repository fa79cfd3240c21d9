/// The sizes of a square convolution with stride 1 over images stored [height, width, channels].
public struct ConvolutionGeometry: Codable, Hashable, Sendable {
  public var height: Int
  public var width: Int
  public var channels: Int
  /// Output channels.
  public var outputs: Int
  public var kernel: Int
  /// Zeros around the input.
  public var padding: Int

  public init(
    height: Int, width: Int, channels: Int, outputs: Int, kernel: Int, padding: Int
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.outputs = outputs
    self.kernel = kernel
    self.padding = padding
  }

  public var outputHeight: Int { height + 2 * padding - kernel + 1 }
  public var outputWidth: Int { width + 2 * padding - kernel + 1 }
  public var weightCount: Int { outputs * tapCount }
  public var multiplyAdds: Int { outputHeight * outputWidth * weightCount }

  /// Products in one output value.
  package var tapCount: Int { kernel * run }
  /// The input values under one row of the kernel lie side by side: (kernel column, channel).
  package var run: Int { kernel * channels }
  /// How many values behind a row of the kernel its last whole vector reaches.
  package var overhang: Int { paddedToVectors(run) - run }
  package var paddedHeight: Int { height + 2 * padding }
  package var paddedWidth: Int { width + 2 * padding }
  package var paddedRow: Int { paddedWidth * channels }
  /// Floats of one padded input image.
  package var paddedCount: Int { paddedHeight * paddedRow }

  /// The convolution that takes the output's gradient to the input's: kernel turned by 180°,
  /// channels and outputs exchanged.
  package var transposed: ConvolutionGeometry {
    ConvolutionGeometry(
      height: outputHeight, width: outputWidth, channels: outputs, outputs: channels,
      kernel: kernel, padding: kernel - 1 - padding)
  }
}
