import PlainText
import Testing

struct CSVFieldTests {
  @Test(arguments: [
    ("", ""), ("Stop", "Stop"), ("30 km/h; zone", "30 km/h; zone"), ("a,b", "\"a,b\""),
    ("a \"b\"", "\"a \"\"b\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
    ("a\r\nb", "\"a\r\nb\""), ("a\u{2028}b", "\"a\u{2028}b\""),
    // Signs with an accent are others to Swift's characters, not to other programs.
    ("a,\u{301}b", "\"a,\u{301}b\""), ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
  ])
  func fieldIsQuotedWhereItMustBe(text: String, field: String) {
    #expect(text.csvField == field)
  }

  @Test(arguments: [
    ("", ""), ("Stop", "Stop"), ("=1+1", "'=1+1"), (" =1+1", "' =1+1"), ("+cmd", "'+cmd"),
    ("-3.5e2", "-3.5e2"), ("-3 m", "'-3 m"), ("@x", "'@x"), ("＝x", "'＝x"), ("\tx", "'\tx"),
  ])
  func noTextBecomesAFormula(text: String, field: String) {
    #expect(text.forSpreadsheet == field)
  }
}
