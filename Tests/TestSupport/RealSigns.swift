import Foundation

/// Where the real GTSRB archives are, for tests that need them; those are skipped elsewhere.
public enum RealSigns {
  /// The folder named by `WAYMARK_GTSRB`, or `shared/data/gtsrb` beside the checkout.
  public static let path: String? = {
    let named = ProcessInfo.processInfo.environment["WAYMARK_GTSRB"]
    let beside = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../shared/data/gtsrb"
    ).standardized.path
    return [named, beside].compactMap(\.self).first {
      FileManager.default.fileExists(atPath: $0 + "/GTSRB-Training_fixed.zip")
    }
  }()

  public static var areHere: Bool { path != nil }
}
