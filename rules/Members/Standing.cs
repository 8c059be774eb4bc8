using System.Collections.Immutable;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Members;

/// <summary>
/// What a status allows. Lapses, ends of tiers and holds, and what a return takes back happen in every one.
/// </summary>
/// <param name="Records">Events are taken; a refund always is.</param>
/// <param name="Corrects">Balances are corrected, and tags given and taken, by hand.</param>
/// <param name="Gains">Rules act on the member.</param>
/// <param name="Receives">Points come from other members.</param>
/// <param name="Spends">Points are spent, held, captured and given to others.</param>
public sealed record Standing(
    MemberStatus Status, bool Records, bool Corrects, bool Gains, bool Receives, bool Spends)
{
    /// <summary>The table: one row for each status, in their order.</summary>
    public static ImmutableArray<Standing> All { get; } =
    [
        new(MemberStatus.Active, Records: true, Corrects: true, Gains: true, Receives: true, Spends: true),
        new(MemberStatus.CardLost, Records: true, Corrects: true, Gains: true, Receives: true, Spends: false),
        new(MemberStatus.Frozen, Records: true, Corrects: true, Gains: true, Receives: false, Spends: false),
        new(MemberStatus.Blacklisted,
            Records: true, Corrects: true, Gains: false, Receives: false, Spends: false),
        new(MemberStatus.Closed,
            Records: false, Corrects: false, Gains: false, Receives: false, Spends: false),
    ];

    /// <summary>All statuses as the API and rules write them.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Words<MemberStatus>.All];

    /// <summary>The status in a word, <c>card-lost</c>.</summary>
    public string Word => Names[(int)Status];

    public static Standing Of(MemberState state) => All[(int)(state.Status?.Status ?? MemberStatus.Active)];

    /// <summary>Null: no status is called so.</summary>
    public static MemberStatus? Read(string? word) => Words<MemberStatus>.Read(word);
}
