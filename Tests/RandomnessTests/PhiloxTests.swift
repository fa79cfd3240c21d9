import Randomness
import Testing

@Suite struct PhiloxTests {
  /// Random123's kat_vectors, the rows `philox4x32 10`.
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), UInt64(0),
      SIMD4<UInt32>(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
    ),
    (
      SIMD4(repeating: .max), .max,
      SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
    ),
    (
      SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), 0x299F_31D0_A409_3822,
      SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
    ),
  ])
  func publishedVectors(counter: SIMD4<UInt32>, key: UInt64, expected: SIMD4<UInt32>) {
    #expect(Philox.block(counter: counter, key: key) == expected)
  }

  /// The first words of seed 0 are the first published vector, so that streams stay the same over
  /// versions.
  @Test func streamReadsTheBlocksInOrder() {
    var stream = RandomStream(seed: 0)
    #expect(stream.next() == 0xE169_C58D_6627_E8D5)
    #expect(stream.next() == 0x9B00_DBD8_BC57_AC4C)
    let second = Philox.block(counter: SIMD4(1, 0, 0, 0), key: 0)
    #expect(stream.next() == UInt64(second[0]) | UInt64(second[1]) << 32)
    #expect(stream.next() == UInt64(second[2]) | UInt64(second[3]) << 32)
  }
}
