namespace MallVip.Rules.Cel;

/// <summary>
/// What an expression reads: the variables, the longest field paths such as <c>event.store.category</c>, and
/// the functions and methods of the host that it calls.
/// </summary>
public sealed record CelReads(
    IReadOnlySet<string> Roots, IReadOnlySet<string> Paths, IReadOnlyList<CelReadCall> Calls);

/// <summary>
/// A call of a host function: the path of its receiver, and its arguments that are literals.
/// </summary>
public sealed record CelReadCall(string Function, string? ReceiverPath, IReadOnlyList<CelValue> LiteralArgs);
