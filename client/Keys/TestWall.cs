using MallVip.Client.Problems;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Keys;

/// <summary>
/// Keeps test keys to members that test keys registered. A member's first entry says who registered it, so
/// only calls of test keys pay for the question.
/// </summary>
public sealed class TestWall(MemberDesk desk)
{
    private const long AfterFirstEntry = 2;

    /// <summary>Why the caller may not touch the member; null: it may.</summary>
    public async ValueTask<Refusal?> RefusalAsync(
        Caller caller, MemberId member, CancellationToken cancellation)
    {
        return !caller.Test || await IsTestAsync(member, cancellation) ? null : Refused;
    }

    /// <summary>Whether a test key registered the member.</summary>
    public async Task<bool> IsTestAsync(MemberId member, CancellationToken cancellation)
    {
        var first = await desk.HistoryAsync(member, AfterFirstEntry, limit: 1, cancellation);
        return first is { Entries: [{ } entry, ..] } && Actors.IsTest(entry.Actor);
    }

    /// <summary>What a test key is told of everybody else.</summary>
    public static Refusal Refused { get; } =
        ApiErrors.NotATestMember.Refuse("The member was not registered by a test key.");
}
