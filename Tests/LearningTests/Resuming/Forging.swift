import Foundation
import Testing

extension Decodable where Self: Encodable {
  /// What is read of this value's JSON after a part of it was replaced.
  ///
  /// - Parameter path: Names of fields and places in lists, such as `heads.0.kind`.
  func forged(_ path: String, _ change: (Any) throws -> Any) throws -> Self {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(self))
    let forged = try replaced(json, path.split(separator: ".").map(String.init)[...], change)
    return try JSONDecoder().decode(
      Self.self, from: JSONSerialization.data(withJSONObject: forged))
  }
}

private func replaced(
  _ json: Any, _ path: ArraySlice<String>, _ change: (Any) throws -> Any
) throws -> Any {
  guard let name = path.first else { return try change(json) }
  if var list = json as? [Any] {
    let place = try #require(Int(name))
    list[place] = try replaced(list[place], path.dropFirst(), change)
    return list
  }
  var fields = try #require(json as? [String: Any])
  let field = try #require(fields[name], "there is no \(name)")
  fields[name] = try replaced(field, path.dropFirst(), change)
  return fields
}

/// The JSON of an array of numbers, without the last.
func shortened(_ json: Any) throws -> Any {
  var block = try #require(json as? [String: Any])
  let elements = try #require(block["elements"] as? [Any]).dropLast()
  block["elements"] = Array(elements)
  if block["shape"] != nil { block["shape"] = [elements.count] }
  return block
}
