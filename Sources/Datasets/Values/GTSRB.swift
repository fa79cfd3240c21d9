/// The German Traffic Sign Recognition Benchmark: its classes and its official archives.
///
/// Source: Stallkamp, Schlipsing, Salmen, Igel, "Man vs. computer: Benchmarking machine learning
/// algorithms for traffic sign recognition", Neural Networks 32, 2012.
public enum GTSRB {
  /// One of the three official files.
  public struct Archive: Hashable, Sendable {
    public var name: String
    /// MD5 sum in lower-case hexadecimal.
    public var md5: String

    public init(name: String, md5: String) {
      self.name = name
      self.md5 = md5
    }
  }

  public static let training = Archive(
    name: "GTSRB-Training_fixed.zip", md5: "513f3c79a4c5141765e10e952eaa2478")
  public static let testImages = Archive(
    name: "GTSRB_Final_Test_Images.zip", md5: "c7e4e6327067d32654124b0fe9e82185")
  public static let testClasses = Archive(
    name: "GTSRB_Final_Test_GT.zip", md5: "fe31e9c9270bbcd7b84b7f21a9d9d9e5")

  public static let archives = [training, testImages, testClasses]

  /// The training archives that are read, the first of which counts: 26,640 images, or the 39,209 of
  /// the final competition.
  static let trainingArchives = [training.name, "GTSRB_Final_Training_Images.zip"]

  /// The table of the test images' classes, in its archive or beside an unpacked tree.
  static let testTable = "GT-final_test.csv"

  /// The names of classes 0 … 42: those of the label list that most people use (`signnames.csv`), but
  /// for its "vechiles".
  public static let classNames = [
    "Speed limit (20km/h)",
    "Speed limit (30km/h)",
    "Speed limit (50km/h)",
    "Speed limit (60km/h)",
    "Speed limit (70km/h)",
    "Speed limit (80km/h)",
    "End of speed limit (80km/h)",
    "Speed limit (100km/h)",
    "Speed limit (120km/h)",
    "No passing",
    "No passing for vehicles over 3.5 metric tons",
    "Right-of-way at the next intersection",
    "Priority road",
    "Yield",
    "Stop",
    "No vehicles",
    "Vehicles over 3.5 metric tons prohibited",
    "No entry",
    "General caution",
    "Dangerous curve to the left",
    "Dangerous curve to the right",
    "Double curve",
    "Bumpy road",
    "Slippery road",
    "Road narrows on the right",
    "Road work",
    "Traffic signals",
    "Pedestrians",
    "Children crossing",
    "Bicycles crossing",
    "Beware of ice/snow",
    "Wild animals crossing",
    "End of all speed and passing limits",
    "Turn right ahead",
    "Turn left ahead",
    "Ahead only",
    "Go straight or right",
    "Go straight or left",
    "Keep right",
    "Keep left",
    "Roundabout mandatory",
    "End of no passing",
    "End of no passing by vehicles over 3.5 metric tons",
  ]

  /// Names of classes as they are spelled here, where they are a label list's with its "vechiles":
  /// files that were written earlier have those.
  public static func corrected(_ names: [String]) -> [String] {
    names.map { correctSpelling[$0] ?? $0 }
  }

  private static let correctSpelling: [String: String] = Dictionary(
    uniqueKeysWithValues: classNames.filter { $0.lowercased().contains("vehicles") }.map { name in
      (name.replacing("ehicles", with: "echiles"), name)
    })
}
