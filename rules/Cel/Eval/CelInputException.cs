namespace MallVip.Rules.Cel;

/// <summary>
/// A request that is JSON but not in the expected form; never leaves <see cref="CelEval"/>.
/// </summary>
internal sealed class CelInputException(string message) : Exception(message);
