namespace MallVip.Client.Wire;

/// <summary>The answer to the end of a run.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Status"><c>ended</c>, or <c>not-open</c>: it was ended before, or never begun.</param>
/// <param name="Clock">The latest event time of its lines; absent when it was not open.</param>
/// <param name="Members">How many members it wrote to; absent when it was not open.</param>
public sealed record RunBody(string Run, string Status, DateTimeOffset? Clock, int? Members);
