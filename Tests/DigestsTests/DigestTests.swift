import Digests
import Testing

@Suite struct DigestTests {
  /// RFC 1321 § A.5 and FIPS 180-2 § B.1–B.3 with its empty message from NIST's vectors.
  @Test(arguments: [
    (Digest.Algorithm.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
    (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
    (.md5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func publishedVectors(algorithm: Digest.Algorithm, text: String, expected: String) {
    var digest = Digest(algorithm)
    digest.update(text)
    let found = digest.finish()
    #expect(found == expected)
  }

  @Test func sha256OfAMillionLettersIsFIPS180sThirdVector() {
    var digest = Digest()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    for _ in 0..<1000 { digest.update(piece) }
    let found = digest.finish()
    #expect(found == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: [Digest.Algorithm.md5, .sha256])
  func piecesEqualTheWhole(algorithm: Digest.Algorithm) {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let whole = digest(algorithm, bytes)
    // Around the block of 64 bytes, and nothing at all.
    for cut in [0, 1, 55, 56, 63, 64, 65, 128, 299, 300] {
      let pieces = digest(algorithm, Array(bytes[..<cut]), [], Array(bytes[cut...]))
      #expect(pieces == whole, "cut at \(cut)")
    }
  }

  @Test func textAndItsBytesAreTheSame() {
    let text = "30 km/h – Überholverbot"
    var digest = Digest()
    digest.update(text)
    let found = digest.finish()
    #expect(found == self.digest(.sha256, Array(text.utf8)))
  }

  @Test func numbersAreFedAsLittleEndianBytes() {
    var digest = Digest()
    digest.update([Float(1), -2])
    let found = digest.finish()
    #expect(found == self.digest(.sha256, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
  }

  private func digest(_ algorithm: Digest.Algorithm, _ pieces: [UInt8]...) -> String {
    var digest = Digest(algorithm)
    for piece in pieces { digest.update(piece) }
    return digest.finish()
  }
}
