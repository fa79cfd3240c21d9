import Testing
import Tracking

/// The check values of the catalogue of CRC algorithms: of the digits 1 to 9.
@Test func checksumsAreThePublishedOnes() {
  #expect(CRC32.ieee.of("123456789".utf8) == 0xCBF4_3926)
  #expect(CRC32.castagnoli.of("123456789".utf8) == 0xE306_9283)
}
