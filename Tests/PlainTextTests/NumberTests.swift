import PlainText
import Testing

/// Numbers as a person reads them.
struct NumberTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-98826, "-98,826"), (1_234_567, "1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func thousandsAreGrouped(number: Int, text: String) {
    #expect(grouped(number) == text)
  }

  @Test func wholePartsAreGrouped() {
    #expect(groupedFixed(26640.25, 1) == "26,640.3" && groupedFixed(-1234, 0) == "-1,234")
    #expect(groupedFixed(999, 2) == "999.00" && groupedFixed(-0.5, 1) == "-0.5")
    #expect(groupedFixed(1e20, 0) == "1e+20" && groupedFixed(.nan, 1) == "nan")
  }

  @Test func nounsFollowTheirCount() {
    #expect(counted(1, "task") == "1 task" && counted(0, "task") == "0 tasks")
    #expect(counted(2000, "class", "classes") == "2,000 classes")
    #expect(listed([7], "class", "classes") == "class 7")
    #expect(listed([3, 4, 5], "task") == "tasks 3, 4 and 5")
  }

  /// A half is rounded away from zero, as in pictures.
  @Test(arguments: [
    (10.625, 2, "10.63"), (-10.625, 2, "-10.63"), (0.05, 1, "0.1"), (-0.001, 2, "0.00"),
    (3, 0, "3"), (2.5, 0, "3"), (12.3, 3, "12.300"), (.nan, 2, "nan"), (.infinity, 1, "inf"),
    (1e300, 1, "1e+300"),
  ])
  func decimalsAreFixed(number: Double, decimals: Int, text: String) {
    #expect(fixed(number, decimals) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (3.21449, "3.214"), (3.21451, "3.215"), (-0.00123456, "-0.001235"), (1, "1"),
    (321_449, "321400"), (9999.6, "10000"), (4e-9, "4e-09"), (0.1 + 0.2, "0.3"), (1e-300, "1e-300"),
    (.nan, "nan"), (.infinity, "inf"),
  ])
  func fourDigitsAreSignificant(number: Double, text: String) {
    #expect(significant(number, 4) == text)
  }

  @Test func percentagesHaveTwoDecimals() {
    #expect(percentText(56.765) == "56.77 %" && percentText(nil) == "-")
  }

  @Test(arguments: [
    (5.0, "5"), (-5, "-5"), (0.003, "0.003"), (1e16, "1e+16"), (.nan, "nan"), (-0.0, "0"),
  ])
  func wholeNumbersHaveNoPoint(number: Double, text: String) {
    #expect(number.plainText == text)
  }
}
