import CommandLanguage
import Foundation
import Shell
import Testing

/// What commands that look into a network show, and that looking changes nothing.
struct InsideTests {
  private static let scene = """
    load synthetic classes=4 per-class=12 test-per-class=4 size=16 seed=2 as signs
    transform signs normalize=on
    tasks signs size=2 as T
    define model layers=[conv(4,3), bn, relu, pool, conv(6,3), relu] size=16 as net
    begin rehearsal-kd net on=T epochs=2 batch=8 memory=6 as kd
    step kd
    """

  private var shell: TestShell

  init() throws { shell = try TestShell(after: Self.scene) }

  private struct Saliency: Decodable {
    struct Image: Decodable {
      var image: Int
      var `class`: Int
      var map: [[Float]]
      var largest: Float
      var row: Int
      var column: Int
    }

    var method: String
    var images: [Image]
  }

  private mutating func saliency(_ line: String) throws -> Saliency {
    let decoder = JSONDecoder()
    return try decoder.decode(
      Saliency.self, from: Data(try shell.output(of: line + " format=json").utf8))
  }

  private static let looks = [
    "show filters kd", "show filters kd layer=conv2 channel=1 n=2", "show filters net",
    "show activations kd signs 3", "show activations kd signs [0, 3] layer=pool1 n=9",
    "show activations net signs 3 split=train", "show saliency kd signs 3",
    "show saliency kd signs 0..3 method=gradcam", "show saliency kd signs 3 method=occlusion",
    "show saliency kd signs 3 method=occlusion patch=3 stride=5 class=1",
    "show saliency kd@1 signs 3 method=gradcam layer=pool1", "show saliency net signs 3 on=T.1",
    "show saliency kd signs 3 split=train",
  ]

  /// A run that was looked into goes on as one that was not.
  @Test mutating func lookingChangesNothing() throws {
    var other = try TestShell(after: Self.scene + "\nstep kd 2 unit=batch")
    try shell.run("step kd 2 unit=batch")
    let before = try shell.state.digests
    for line in Self.looks { _ = try shell.output(of: line) }
    #expect(try shell.state.digests == before)
    try shell.run("continue kd")
    try other.run("continue kd")
    #expect(try shell.state.digests == other.state.digests)
  }

  @Test mutating func saliencyIsOfTheClassAnsweredOrNamed() throws {
    let answered = try saliency("show saliency kd signs 3")
    #expect(answered.method == "gradient" && answered.images.count == 1)
    let named = try [0, 1].map { try saliency("show saliency kd signs 3 class=\($0)") }
    #expect(named.map { $0.images[0].class } == [0, 1])
    #expect(named[answered.images[0].class].images[0].map == answered.images[0].map)
    #expect(named[0].images[0].map != named[1].images[0].map)
    let image = answered.images[0]
    #expect(image.map.count == 16 && image.map[image.row][image.column] == image.largest)
  }

  @Test mutating func classMayBeNamedByItsName() throws {
    let names = try shell.output(of: "classes signs format=csv").split(separator: "\n")
    let name = names[2].split(separator: ",")[1].replacing("\"", with: "")
    let byName = try saliency("show saliency kd signs 3 class='\(name)'")
    #expect(byName.images[0].class == 1)
  }

  @Test mutating func fileHasEveryPixel() throws {
    let text = try shell.output(of: "show saliency kd signs [3, 5] method=gradcam format=csv")
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "image,class,row,column,value" && lines.count == 1 + 2 * 256)
  }

  /// What `method=occlusion` asks for works whatever the strategy classifies by.
  @Test(arguments: ["icarl net on=T epochs=1 memory=8", "der net on=T epochs=1 memory=8"])
  mutating func occlusionWorksForEveryStrategy(strategy: String) throws {
    try shell.run("run \(strategy) as other")
    let maps = try saliency("show saliency other signs 3 method=occlusion patch=8 stride=4")
    #expect(maps.images[0].map.joined().contains { $0 != 0 })
    #expect(try shell.output(of: "show filters other").contains("filters of 3×3 over 3 channels"))
  }

  @Test mutating func photographsAreLookedInto() throws {
    let folder = try TestFolder()
    let pixels = (0..<16 * 16 * 3).map { UInt8($0 % 251) }
    try folder.write(Array("P6\n16 16\n255\n".utf8) + pixels, to: "sign.ppm")
    let path = folder("sign.ppm")
    for method in ["gradient", "gradcam", "occlusion"] {
      let text = try shell.output(of: "show saliency kd '\(path)' method=\(method)")
      #expect(text.contains("sign.ppm: "), "\(text)")
    }
    let text = try shell.output(of: "show activations kd '\(path)' n=1")
    #expect(text.contains("\(path); values"), "\(text)")
    #expect(try shell.output(of: "show activations net '\(path)' n=1 on=T").contains("\(path)"))
  }

  @Test mutating func occlusionCanBeStopped() throws {
    shell.context.training.isInterrupted = { true }
    let error = shell.error(of: "show saliency kd signs 3 method=occlusion")?.text() ?? ""
    #expect(error.contains("stopped"), "\(error)")
  }

  @Test mutating func layersAreOffered() {
    func offered(_ text: String) -> [String] {
      Registry.waymark.complete(text, in: shell.context).candidates.map(\.text)
    }
    #expect(offered("show filters net layer=") == ["conv1", "conv2"])
    #expect(offered("show filters kd@1 layer=") == ["conv1", "conv2"])
    #expect(offered("show activations kd signs 3 layer=") == ["conv1", "pool1", "conv2"])
    #expect(offered("show saliency kd signs 3 layer=p") == ["pool1"])
    #expect(offered("show filters nothing layer=") == [])
  }

  /// The title of each picture stands above it, and nothing of it is cut off by gnuplot's refusal.
  @Test(.enabled(if: TestShell().context.hasGnuplot, "needs gnuplot"))
  mutating func picturesAreDrawn() throws {
    let folder = try TestFolder()
    for (number, line) in Self.looks.enumerated() {
      try shell.run("\(line) > \(folder("\(number).png"))")
    }
    #expect(try folder.names().count == Self.looks.count)
  }
}
