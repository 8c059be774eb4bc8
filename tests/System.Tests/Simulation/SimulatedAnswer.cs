using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Grains.Stock;
using MallVip.Rules.Journaling;

namespace MallVip.System.Tests.Simulation;

/// <summary>In the order in which answers to calls sent at once are believed: a copy may have been refused
/// before another one was accepted, and that one comes before its repeats.</summary>
internal enum SimulatedStatus
{
    /// <summary>No answer, or "try again": it may have happened.</summary>
    Unknown,
    Rejected,
    /// <summary>In the inbox: it will have happened.</summary>
    Queued,
    Accepted,
    Unclaimed,
    Duplicate,
}

/// <summary>What the sender of a call was told.</summary>
/// <param name="Code">Why it was rejected.</param>
internal sealed record SimulatedAnswer(SimulatedStatus Status, string? Code, Outcome? Outcome)
{
    public static SimulatedAnswer Unknown { get; } = new(SimulatedStatus.Unknown, null, null);

    public static SimulatedAnswer Of(EventAnswer answer) => answer.Refusal is { } refusal
        ? Refused(refusal)
        : new(answer.Status switch
        {
            EventStatus.Accepted => SimulatedStatus.Accepted,
            EventStatus.Duplicate => SimulatedStatus.Duplicate,
            EventStatus.Queued => SimulatedStatus.Queued,
            _ => SimulatedStatus.Unclaimed,
        }, null, answer.Outcome);

    public static SimulatedAnswer Of(DeskAnswer answer) => answer.Refusal is { } refusal
        ? Refused(refusal)
        : new(
            answer.Answer!.Status == AnswerStatus.Duplicate
                ? SimulatedStatus.Duplicate : SimulatedStatus.Accepted,
            null, answer.Answer.Outcome);

    /// <summary>Whether it is a repeat nobody is told: either way the order is there once. Who waits may hear
    /// another answer later.</summary>
    public static SimulatedAnswer Of(ClaimResult result) => result switch
    {
        { Refusal: { } refusal } => Refused(refusal),
        { Answer.Status: StockStatus.Waiting } => new(SimulatedStatus.Rejected, "waits", null),
        _ => new(SimulatedStatus.Duplicate, null, null),
    };

    public static SimulatedAnswer Of(PublishOutcome outcome) => outcome switch
    {
        { Refusal: { } refusal } => Refused(refusal),
        { Status: PublishStatus.Unchanged } => new(SimulatedStatus.Rejected, "unchanged", null),
        { Status: PublishStatus.Duplicate } => new(SimulatedStatus.Duplicate, null, null),
        _ => new(SimulatedStatus.Accepted, null, null),
    };

    private static SimulatedAnswer Refused(Refusal refusal) =>
        refusal.Code == "try_again" ? Unknown : new(SimulatedStatus.Rejected, refusal.Code, null);
}
