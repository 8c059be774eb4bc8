using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>What became of one event.</summary>
public sealed record EventAnswerBody : OutcomeBody
{
    /// <summary>Line of the upload, from 1, blank lines counted; only in a stream.</summary>
    public long? Line { get; init; }

    /// <summary>
    /// <c>accepted</c>, <c>duplicate</c> (the outcome is the first one), <c>unclaimed</c>, <c>rejected</c>,
    /// or <c>queued</c>: durable, and delivered afterwards.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The event's source; none if it could not be read.</summary>
    public string? Source { get; init; }

    /// <summary>The event's id; none if it could not be read.</summary>
    public string? Id { get; init; }

    /// <summary>Whose it is; none while unclaimed.</summary>
    public MemberId? Member { get; init; }

    /// <summary>Why it was rejected.</summary>
    public ErrorBody? Error { get; init; }
}

/// <summary>A problem of one event among many; see <c>docs/errors.md</c>.</summary>
public sealed record ErrorBody(
    string Code, int Status, string Detail, string? Hint = null, string? Pointer = null);
