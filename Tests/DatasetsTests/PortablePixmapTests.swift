import Datasets
import Testing

struct PortablePixmapTests {
  private func read(_ text: String, samples: Int) throws -> PortablePixmap {
    try (Array(text.utf8) + [UInt8](repeating: 7, count: samples)).withUnsafeBytes {
      try PortablePixmap($0)
    }
  }

  @Test(arguments: [
    ("P6\n3 2\n255\n", 3, 2, 255),
    ("P6 3 2 255 ", 3, 2, 255),
    ("P6\n# a comment\n3 2\n255\n", 3, 2, 255),
    ("P6 # first\n # second 9 9\n3#third\n2\t255\n", 3, 2, 255),
    ("P6\r\n3 2\r\n255\n", 3, 2, 255),
    ("P6\n3 2\n100\n", 3, 2, 100),
  ])
  func headersMayHoldCommentsAndAnySpace(
    text: String, width: Int, height: Int, maximum: Int
  ) throws {
    let pixmap = try read(text, samples: width * height * 3)
    #expect(pixmap.width == width)
    #expect(pixmap.height == height)
    #expect(pixmap.maximum == maximum)
    #expect(pixmap.offset == text.utf8.count)
  }

  @Test(arguments: [
    ("", ImageFault.wrongMagic(found: "")),
    ("P", .wrongMagic(found: "P")),
    ("P5\n3 2\n255\n", .wrongMagic(found: "P5")),
    ("\u{89}PNG", .wrongMagic(found: String(decoding: [0xC2, 0x89] as [UInt8], as: UTF8.self))),
    ("P6", .damagedHeader),
    ("P63 2\n255\n", .damagedHeader),
    ("P6\n3", .damagedHeader),
    ("P6\n3 x\n255\n", .damagedHeader),
    ("P6\n3 -2\n255\n", .damagedHeader),
    ("P6\n3 2\n255", .damagedHeader),
    ("P6\n# a comment without an end", .damagedHeader),
    ("P6\n0 2\n255\n", .sizeOutOfRange(width: 0, height: 2)),
    ("P6\n16385 1\n255\n", .sizeOutOfRange(width: 16_385, height: 1)),
    ("P6\n16384 16384\n255\n", .sizeOutOfRange(width: 16_384, height: 16_384)),
    (
      "P6\n4294967297 4294967297\n255\n",
      .sizeOutOfRange(width: 1_000_000_000, height: 1_000_000_000)
    ),
    ("P6\n3 2\n0\n", .maximumOutOfRange(0)),
    ("P6\n3 2\n65536\n", .maximumOutOfRange(65_536)),
    ("P6\n3 2\n255\n", .cutShort(expected: 18, found: 0)),
    ("P6\n3 2\n65535\n", .cutShort(expected: 36, found: 0)),
  ])
  func damagedHeadersAreRefused(text: String, fault: ImageFault) {
    #expect(throws: fault) { try read(text, samples: 0) }
  }

  /// Every shorter file of a good one is refused.
  @Test func everyCutIsNoticed() throws {
    let whole = pixmap(3, 2, 9, comment: "# x\n")
    for length in 0..<whole.count {
      #expect(throws: ImageFault.self, "first \(length) bytes") {
        try whole[..<length].withUnsafeBytes { try PortablePixmap($0) }
      }
    }
  }

  @Test func otherMaximaAreScaled() throws {
    let bytes = Array("P6 1 1 100 ".utf8) + [0, 50, 200]
    let wide = Array("P6 1 1 65535 ".utf8) + [0, 0, 0x80, 0, 0xFF, 0xFF]
    for file in [bytes, wide] {
      let samples = try file.withUnsafeBytes { try PortablePixmap($0).scaledSamples($0) }
      #expect(samples == [0, 128, 255])
    }
  }
}
