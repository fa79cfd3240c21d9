internal import Datasets
internal import GRDB
internal import PlainText
internal import System
internal import Tensors

/// Errors that a person reads: what is wrong and what to do next.
extension SessionFileError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .noSuchFile(let path):
      "\(FileFailure.missing(path)); 'sessions' lists the session files there are"
    case .notAFile(let path):
      "'\(shown(path))' is not a file; give the path of a session file"
    case .unreadable(let path, let reason):
      "'\(shown(path))' cannot be read: \(shown(reason))"
    case .notASession(let path):
      "'\(shown(path))' is not a Waymark session, or its first bytes are damaged"
    case .newerFormat(let path, let format, let known):
      """
      '\(shown(path))' was saved by a newer version of Waymark (format \(format), this one reads up \
      to \(known)); restore it with that version
      """
    case .cutShort(let path, let expected, let found):
      """
      '\(shown(path))' is cut short: \(found) of \(expected) bytes; copy it again from where it came, \
      or restore an earlier save
      """
    case .damaged(let path, let reason):
      "'\(shown(path))' is damaged (\(shown(reason))); restore an earlier save"
    case .noSuchObject(let path, let name, let objects):
      """
      '\(shown(path))' has no '\(shown(name))'; it has \
      \(objects.isEmpty ? "no objects" : objects.map(shown).joined(with: "and"))
      """
    case .noPlace(let failure): shown(failure.description)
    case .notWritable(let path, let reason):
      "'\(shown(path))' cannot be written: \(shown(reason)); save elsewhere"
    case .diskFull(let path):
      "no space is left for '\(shown(path))'; make room, or save on another disk"
    case .foreignFile(let path):
      """
      '\(shown(path))' is not a Waymark session and is left as it is; save under another name, or \
      remove it first
      """
    case .replacesNewer(let path, let format, let known):
      """
      '\(shown(path))' was saved by a newer version of Waymark (format \(format), this one writes \
      \(known)) and is left as it is; save under another name
      """
    case .exists(let path):
      """
      '\(shown(path))' is there already and is not this session's; add replace=on to replace it, or \
      save under another name
      """
    case .changed(let path):
      """
      '\(shown(path))' was changed by another Waymark since it was restored here; save under another \
      name, or add replace=on
      """
    case .notEncodable(let name, let reason):
      "'\(shown(name))' cannot be saved (\(shown(reason))); 'drop' it and save again"
    case .inUse(let path, let process):
      """
      '\(shown(path))' is in use by another Waymark\(process.map { " (process \($0))" } ?? ""); it is \
      left as it is, save under another name
      """
    case .stopped(let path):
      "stopped; '\(shown(path))' is as it was"
    }
  }
}

extension RestoreReport.Note: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .dataUnavailable(let name, let source, let reason):
      """
      the data set '\(shown(name))' \(reason.message(at: source)); its runs and task sequences \
      are restored, 'relink \(shown(name)) path=…' brings it back
      """
    case .lost(let name, let kind, let damage):
      "\(shown(kind)) '\(shown(name))' is lost: \(damage.message)"
    case .unknownKind(let name, let kind):
      """
      '\(shown(name))' is of a kind that this version does not know (\(shown(kind))); it is kept \
      and saved again
      """
    case .withoutData(let name, let data):
      "'\(shown(name))' needs the data set '\(shown(data))', which was not restored with it"
    case .contentsLost:
      """
      the list of contents is damaged: settings and journal are lost, and objects may be missing
      """
    case .journalLost:
      "the journal is damaged and lost"
    case .settingsLost:
      "the settings are damaged; the standard ones are in their place"
    }
  }
}

extension UnavailableData.Reason {
  fileprivate func message(at source: DataSource) -> String {
    switch self {
    case .notLoaded(let reason): "is not there (\(shown(source.place)): \(shown(reason)))"
    case .changed:
      "has changed (\(shown(source.place)) holds other images than when the session was saved)"
    }
  }
}

extension UnavailableData {
  /// What is missing and why, without the object's name.
  public var message: String {
    switch reason {
    case .notLoaded(let reason): shown(reason)
    case .changed: "\(shown(reference.source.place)) holds other images than were saved"
    }
  }
}

extension RestoreReport.Damage {
  var message: String {
    switch self {
    case .missing: "it is not in the file any more"
    case .changed: "its content is damaged"
    case .tensor(let key): "the array \(shown(String(key.prefix(12)))) is damaged"
    case .tooLarge(let bytes, let limit):
      "it takes \(bytes) bytes, more than the \(limit) that there can be"
    case .unreadable(let reason): shown(reason)
    }
  }
}

extension RelinkError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .notUnavailable(let name): "'\(shown(name))' is not a data set that is missing"
    case .otherData(let name, let expected, let found):
      """
      that is not the data set '\(shown(name))' was: its digest is \(shown(String(found.prefix(12)))) \
      instead of \(shown(String(expected.prefix(12)))); give the files it was loaded from, or load \
      them under another name
      """
    }
  }
}

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
