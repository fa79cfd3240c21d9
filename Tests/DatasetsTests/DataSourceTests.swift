import Datasets
import Foundation
import Testing

/// What session files say of where images came from.
struct DataSourceTests {
  private static let signs = """
    {"synthetic":{"_0":{"balanced":false,"classes":43,"perClass":150,"seed":0,"size":32}}}
    """

  /// Three of five images, one of them with another label, and names of one's own.
  private static let revised: DataSource = {
    let images = ImageSet(
      shape: ImageShape(height: 1, width: 1, channels: 1), pixels: [0, 1, 2, 3, 4],
      labels: [0, 1, 1, 1, 1])
    let data = DataSet(
      source: .folder(path: "b", size: 8), classNames: ["x", "y"], train: images, test: images)
    let chosen = data.choosing(train: [1, 2, 4], test: [0, 1, 2, 3, 4])
    return (try? chosen.relabelled([1: 0], of: .train).named(["a", "b"]))?.source ?? data.source
  }()

  /// Files that were written once have these forms for ever.
  static let forms: [(source: DataSource, form: String)] = [
    (.gtsrb(path: "/a", size: 32), #"{"gtsrb":{"path":"/a","size":32}}"#),
    (.folder(path: "b", size: 8), #"{"folder":{"path":"b","size":8}}"#),
    (.synthetic(SyntheticSigns()), signs),
    (
      .arrays(ArrayFiles(.npz, path: "c.npz")),
      #"{"arrays":{"_0":{"form":"npz","path":"c.npz","seed":0}}}"#
    ),
    (
      .heldOut(of: .synthetic(SyntheticSigns()), HoldOut(share: 0.25, seed: 1)),
      #"{"heldOut":{"_1":{"seed":1,"share":0.25},"of":\#(signs)}}"#
    ),
    (
      .corrupted(
        .synthetic(SyntheticSigns()), by: Corruption(Corruption.common[2], strength: 8, seed: 1)),
      #"{"corrupted":{"by":{"kind":"gaussian_noise","seed":1,"strength":8},"of":\#(signs)}}"#
    ),
    (
      revised,
      #"{"revised":{"classNames":["a","b"],"of":{"folder":{"path":"b","size":8}},"#
        + #""test":{},"train":{"images":[1,2,4,1],"labels":[1,0]}}}"#
    ),
  ]

  @Test(arguments: forms.indices)
  func formsInFilesStay(index: Int) throws {
    let (source, form) = Self.forms[index]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(String(decoding: try encoder.encode(source), as: UTF8.self) == form)
    #expect(try JSONDecoder().decode(DataSource.self, from: Data(form.utf8)) == source)
  }

  @Test func orderOfTextHasItsForm() throws {
    let form = #"{"folderByText":{"path":"b","size":8}}"#
    let source = try JSONDecoder().decode(DataSource.self, from: Data(form.utf8))
    #expect(source == DataSource.folder(path: "b", size: 8).sortedByText)
  }

  @Test(arguments: ["{}", #"{"tape":{}}"#, #"{"gtsrb":{"path":"a","size":1},"folder":{}}"#])
  func otherFormsAreRefused(form: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DataSource.self, from: Data(form.utf8))
    }
  }

  @Test func kindsDiffer() {
    let sources = Self.forms.map(\.source)
    for (index, source) in sources.enumerated() {
      #expect(sources.firstIndex(of: source) == index)
    }
    #expect(Set(sources).count == sources.count)
    #expect(sources[0] != .gtsrb(path: "/b", size: 32))
  }
}
