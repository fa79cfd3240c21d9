import Foundation
import Randomness
import Testing

/// What a seed gives, to the bit: runs of today are to be the same tomorrow. The numbers are those of
/// `scripts/reference/random_streams.py`.
struct StreamValueTests {
  private let seed = RandomStream(seed: 20_240_607)

  private func word(_ stream: RandomStream) -> UInt64 {
    var stream = stream
    return stream.next()
  }

  @Test func wordsOfASeed() {
    var stream = seed
    let words = (0..<4).map { _ in stream.next() }
    #expect(
      words == [
        0xD34A_311B_E01A_407A, 0x08A7_8C12_50E2_FB25, 0x9710_B1B1_8234_4648,
        0x0EEC_6054_ED26_308E,
      ])
  }

  /// Word 2³⁴ + 5, whose number does not fit the first counter.
  @Test func wordsFarAlongAStream() throws {
    let text = #"{"key":20240607,"position":17179869189}"#
    var stream = try JSONDecoder().decode(RandomStream.self, from: Data(text.utf8))
    #expect(stream.next() == 0x2CAD_3686_CD4E_50B2)
    #expect(stream.next() == 0xAA12_CCD6_AE98_6EC9)
  }

  @Test func namesOfStreams() {
    #expect(word(seed.stream(0)) == 0xD555_6337_008D_D794)
    #expect(word(seed.stream(3)) == 0xB508_95A0_9D21_29D2)
    #expect(word(seed.stream(-1)) == 0x398A_D103_1DE9_248F)
    #expect(word(seed.stream(1 << 40)) == 0xF484_94C8_55F6_C5B3)
    #expect(word(seed.stream("")) == 0x72A5_7EC2_EAC3_E4CE)
    #expect(word(seed.stream("order")) == 0x5C6C_1058_F437_56A4)
    #expect(word(seed.stream("weights")) == 0xE2DF_1374_8F1C_0D93)
    #expect(word(seed.stream("order").stream(2).stream(7)) == 0x342E_CFD2_8610_5354)
  }

  @Test func drawsOfNumbers() {
    var (uniform, bounded, normal) = (seed, seed, seed)
    for expected: Float in [0.825350821018219, 0.033806562423706055, 0.5900984406471252] {
      #expect(uniform.uniform() == expected)
    }
    for expected: Float in [3.602806568145752, -2.7295475006103516, 1.720787525177002] {
      #expect(abs(bounded.uniform(in: -3..<5) - expected) < 1e-6)
    }
    for expected: Float in [1.826155, 1.246955, 0.965405] {
      #expect(abs(normal.normal() - expected) < 1e-5)
    }
  }

  /// The larger count throws words away.
  @Test func drawsOfIndices() {
    var (small, large) = (seed, seed)
    #expect((0..<8).map { _ in small.index(below: 43) } == [35, 1, 25, 2, 19, 3, 26, 7])
    #expect(
      (0..<4).map { _ in large.index(below: 3 << 61) } == [
        5_709_388_307_277_404_205, 233_857_906_390_670_893, 403_252_623_340_098_101,
        3_104_713_281_456_721_846,
      ])
  }

  @Test func ordersAndSamples() {
    func shuffled(_ count: Int, _ stream: RandomStream) -> [Int] {
      var (stream, elements) = (stream, Array(0..<count))
      stream.shuffle(&elements)
      return elements
    }
    #expect(shuffled(10, seed) == [3, 1, 7, 5, 6, 2, 9, 4, 0, 8])
    #expect(shuffled(2, seed) == [0, 1])
    #expect(shuffled(2, RandomStream(seed: 20_240_608)) == [1, 0])
    var (some, all) = (seed, seed)
    #expect(some.sample(4, from: Array(0..<10)) == [8, 1, 6, 3])
    #expect(all.sample(9, from: Array(0..<5)) == [4, 1, 3, 2, 0])
  }
}
