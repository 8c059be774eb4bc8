using System.Collections.Immutable;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>A page of a member's ledger, newest first.</summary>
/// <param name="Next">Pass as <c>cursor</c> for the next page; none: there is no more.</param>
public sealed record LedgerBody(MemberId Member, ImmutableArray<LedgerLineBody> Lines, string? Next = null);

/// <summary>One line of the ledger.</summary>
public sealed record LedgerLineBody
{
    /// <summary>
    /// <c>earned</c>, <c>activated</c>, <c>extended</c>, <c>expired</c>, <c>spent</c>, <c>adjusted</c>,
    /// <c>transferred</c>, <c>merged</c> or <c>reversed</c>.
    /// </summary>
    public required string Kind { get; init; }

    public required string Wallet { get; init; }

    /// <summary>What it did to the balance.</summary>
    public required long Points { get; init; }

    /// <summary>What it did to the points that are not active yet.</summary>
    public required long Pending { get; init; }

    /// <summary>The wallet's balance after it.</summary>
    public required long Balance { get; init; }

    /// <summary>The rule that caused it; none: not by a rule.</summary>
    public RuleBody? Rule { get; init; }

    /// <summary>Who pays for the points, or paid for those taken back; none: the mall.</summary>
    public FundingBody? Funding { get; init; }

    /// <summary>The reason of a spend, a correction, or an end that was moved.</summary>
    public string? Reason { get; init; }

    /// <summary>When points of this line lapse.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When points of this line become active, if they are not at once.</summary>
    public DateTimeOffset? ActivatesAt { get; init; }

    /// <summary>True: points of this line are pending until the receipt is confirmed.</summary>
    public bool? Unconfirmed { get; init; }

    /// <summary>When they lapse unless they are confirmed; none: they wait.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it: an API key's name, an import, a timer.</summary>
    public required string Actor { get; init; }

    /// <summary>The rule-set version that decided it.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>The event that caused it; none: a command or a timer.</summary>
    public EventRefBody? Event { get; init; }

    /// <summary>The journal entry it stands in.</summary>
    public required long Seq { get; init; }

    /// <summary>Its number within that entry, from 1; with <c>seq</c> it asks <c>why</c>.</summary>
    public required int Line { get; init; }
}

/// <summary>A rule and where it is written; the place is missing if the archive does not know it.</summary>
public sealed record RuleBody(string Id, string? File = null, int? Line = null);

/// <summary>An event by its key.</summary>
public sealed record EventRefBody(string Source, string Id, string Type, DateTimeOffset Time);
