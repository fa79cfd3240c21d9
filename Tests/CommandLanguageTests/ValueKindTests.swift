import CommandLanguage
import Testing

/// How words become shares, times and seeds.
struct ValueKindTests {
  /// What a word is read as.
  private enum Answer<Value: Equatable & Sendable>: Equatable {
    case value(Value)
    case outOfRange
    case wrongType
    case other
  }

  private func read<Value: Equatable & Sendable>(
    _ word: String, as kind: ValueKind<Value>
  ) -> Answer<Value> {
    let parameter = Parameter<Value>.required("value", kind, "A value.")
    do throws(ValueProblem) {
      let value = try parameter.read(Operand(word), Classroom())
      return (value as? Value).map { .value($0) } ?? .other
    } catch {
      switch error.fact {
      case .outOfRange: return .outOfRange
      case .wrongType: return .wrongType
      default: return .other
      }
    }
  }

  @Test(
    arguments: [
      ("0.8", 0.8), ("80%", 0.8), ("12.5%", 0.125), ("0", 0), ("0%", 0), ("1", 1), ("100%", 1),
    ] as [(String, Double)])
  func shareIsReadInOnes(word: String, share: Double) {
    #expect(read(word, as: .fraction()) == .value(share))
  }

  @Test(
    arguments: [
      ("..40", -.infinity, 40), ("20..40", 20, 40), ("60..", 60, .infinity), ("40", 40, 40),
      ("0.5..2.25", 0.5, 2.25), ("..0", -.infinity, 0), ("255..255", 255, 255),
      ("7..", 7, .infinity),
    ] as [(String, Double, Double)])
  func spanHasBothEndsInIt(word: String, lower: Double, upper: Double) {
    let range = RealRange(from: lower, through: upper)
    #expect(read(word, as: .span(within: 0...255)) == .value(range))
    #expect(!range.contains(lower.nextDown) && !range.contains(upper.nextUp))
  }

  @Test(arguments: ["256..", "-1..3", "..300", "-2"])
  func spanLiesWithinItsBounds(word: String) {
    #expect(read(word, as: .span(within: 0...255)) == .outOfRange)
  }

  @Test(arguments: ["..", "dark", "a..b", "1..b", "..x", "1e3..", "nan", "inf..", "40%", "5s"])
  func spanIsOfNumbers(word: String) {
    #expect(read(word, as: .span(within: 0...255)) == .wrongType)
  }

  @Test func spanRisesOrIsRefused() {
    #expect(read("9..2", as: .span(within: 0...255)) == .other)
  }

  @Test(arguments: ["1.01", "101%", "2", "-0.01", "-1%", "-1"])
  func shareLiesBetweenNoneAndAll(word: String) {
    #expect(read(word, as: .fraction()) == .outOfRange)
  }

  @Test(arguments: [("1%", true), ("90%", true), ("0.9", true), ("0.5%", false), ("91%", false)])
  func boundsOfAShareAreInOnes(word: String, isRight: Bool) {
    #expect((read(word, as: .fraction(0.01...0.9)) == .outOfRange) == !isRight)
  }

  @Test(
    arguments: [
      ("5s", 5), ("2m", 120), ("2min", 120), ("1.5h", 5400), ("250ms", 0.25), ("0s", 0), ("7", 7),
      ("0", 0), ("1.5", 1.5),
    ] as [(String, Double)])
  func durationIsReadInSeconds(word: String, seconds: Double) {
    #expect(read(word, as: .duration) == .value(seconds))
  }

  @Test(arguments: ["-5s", "-1ms", "-7", "-0.5"])
  func durationIsNotNegative(word: String) {
    #expect(read(word, as: .duration) == .outOfRange)
  }

  /// Seeds are 64 bits without a sign.
  @Test(
    arguments: [
      ("0", 0), ("1", 1), ("9223372036854775807", 1 << 63 - 1), ("9223372036854775808", 1 << 63),
      ("18446744073709551615", UInt64.max),
    ] as [(String, UInt64)])
  func seedIsAnyWholeNumberOf64Bits(word: String, seed: UInt64) {
    #expect(read(word, as: .seed) == .value(seed))
  }

  @Test func valuesOfOtherTypesAreRefused() {
    for word in ["word", "5s", "on", "1..2"] {
      #expect(read(word, as: .fraction()) == .wrongType)
    }
    for word in ["word", "80%", "on", "1..2"] {
      #expect(read(word, as: .duration) == .wrongType)
    }
    for word in ["word", "80%", "1.5", "5s"] { #expect(read(word, as: .seed) == .wrongType) }
    #expect(read("-1", as: .seed) == .outOfRange)
  }
}
