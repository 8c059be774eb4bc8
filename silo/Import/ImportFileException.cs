namespace MallVip.Silo.Import;

/// <summary>A file named on the command line cannot be used; the message is for the operator.</summary>
public sealed class ImportFileException(string message) : Exception(message);
