extension Architecture {
  /// Whether all of its weights are those of linear layers: an image's gradient of such a weight is one
  /// number of what comes out times one of what comes in, so that squares of all images' gradients are
  /// a product of two matrices.
  public var isPerceptron: Bool {
    heads.allSatisfy { $0.kind == .linear }
      && layers.allSatisfy { layer in
        layer.details is FlattenLayer || layer.details is DenseLayer
          || layer.details is ActivationLayer
      }
  }
}
