/// A way of telling from an image's features which class it is.
public enum ClassifierHead: String, CaseIterable, Codable, Hashable, Sendable {
  /// The network's last layer, trained by gradient descent.
  case linear
  /// The class whose mean feature is nearest (Mensink et al. 2013; Rebuffi et al. 2017).
  case nearestMean = "nearest-mean"
  /// Gaussian classes of one covariance (Hayes and Kanan 2020).
  case gaussian
  /// Least squares with a ridge, solved exactly.
  case ridge
}
