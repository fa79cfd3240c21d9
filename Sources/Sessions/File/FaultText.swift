internal import GRDB
internal import Tensors

/// What went wrong inside a file, as it stands between parentheses in a message.
func reason(of error: any Error) -> String {
  switch error {
  case let error as DatabaseError: error.message ?? error.resultCode.description
  case let error as DecodingError: reason(of: error)
  case let error as TensorStorageError:
    "an array has \(error.count) numbers instead of \(error.expectedCount)"
  case let error as TensorMissing: "the array \(error.key.prefix(12)) is missing"
  default: String(describing: error)
  }
}

private func reason(of error: DecodingError) -> String {
  switch error {
  case .keyNotFound(let key, let context):
    "no \(path(context.codingPath + [key]))"
  case .typeMismatch(_, let context), .valueNotFound(_, let context),
    .dataCorrupted(let context):
    context.codingPath.isEmpty
      ? context.debugDescription : "\(path(context.codingPath)): \(context.debugDescription)"
  @unknown default: String(describing: error)
  }
}

private func path(_ keys: [any CodingKey]) -> String {
  keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
}
