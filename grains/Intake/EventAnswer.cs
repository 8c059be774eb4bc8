using MallVip.Rules.Checking;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>What became of one event. Given only when it is durable.</summary>
public sealed record EventAnswer
{
    public required EventStatus Status { get; init; }

    public string? Source { get; init; }

    public string? Id { get; init; }

    /// <summary>Whose it is; null while unclaimed or when refused before anybody was found.</summary>
    public MemberId? Member { get; init; }

    /// <summary>What it changed; null when refused or unclaimed.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why it was refused; null otherwise.</summary>
    public Refusal? Refusal { get; init; }
}

public enum EventStatus
{
    Accepted,
    /// <summary>Answered before; the outcome is the first one.</summary>
    Duplicate,
    /// <summary>Kept at its identity until a member claims it.</summary>
    Unclaimed,
    Rejected,
    /// <summary>Durable in the inbox, and not delivered yet.</summary>
    Queued,
}

/// <summary>
/// A refusal as every channel shows it: the same code on the wire, in a reject file and on stderr.
/// </summary>
/// <param name="Code">Snake case, listed in <c>docs/errors.md</c>.</param>
/// <param name="Status">The HTTP status it stands for.</param>
/// <param name="Pointer">JSON path of the culprit (<c>data.paid</c>); null: the whole.</param>
/// <param name="Detail">One sentence, without personal data.</param>
/// <param name="Hint">What to do; null: nothing helps.</param>
public sealed record Refusal(string Code, int Status, string? Pointer, Sentence Detail, Sentence? Hint);
