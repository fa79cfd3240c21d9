public import Networks
internal import SwiftProtobuf
internal import System

/// A network as an ONNX model (IR version 8, operators of version 13), for onnxruntime, Netron and
/// others.
///
/// It takes `images`, float32 [N, channels, height, width] with any N, already normalized, and gives
/// the logits of every head under the head's name, as at evaluation: batch normalization goes by the
/// running statistics, dropout drops nothing.
public enum ONNXFile {
  /// The file is there whole or not at all.
  ///
  /// - Parameter program: The name and version of what wrote it.
  public static func write(_ network: Network, to path: String, program: String) throws {
    let bytes: [UInt8] = try ONNXModelProto(network, program: program).serializedBytes()
    try WholeFile.write(bytes, to: path)
  }
}
