namespace MallVip.Silo.Import;

/// <summary>
/// A sink cannot go on: the silo is not reachable, the disk is full. The message is for the operator.
/// </summary>
public sealed class ImportSinkException(string message, Exception? inner = null) : Exception(message, inner);
