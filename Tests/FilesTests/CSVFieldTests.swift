import Files
import Testing

struct CSVFieldTests {
  @Test(arguments: [
    ("", ""), ("Stop", "Stop"), ("30 km/h; zone", "30 km/h; zone"), ("a,b", "\"a,b\""),
    ("a \"b\"", "\"a \"\"b\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
    ("a\r\nb", "\"a\r\nb\""), ("a\u{2028}b", "\"a\u{2028}b\""),
  ])
  func fieldIsQuotedWhereItMustBe(text: String, field: String) {
    #expect(text.csvField == field)
  }
}
