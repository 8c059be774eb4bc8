using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Ledger;

/// <summary>
/// The past of an absorbed member with its lots numbered as they are where it has become a part, so that a
/// return of its purchases finds the points.
/// </summary>
public static class LotNumbers
{
    /// <param name="from">See <see cref="AbsorbedMember.LotsFrom"/>.</param>
    public static MemberState Shift(MemberState state, int from) =>
        state with { Lots = [.. state.Lots.Select(lot => lot with { Number = lot.Number + from })] };

    /// <inheritdoc cref="Shift(MemberState, int)"/>
    public static ImmutableArray<Fact> Shift(ImmutableArray<Fact> facts, int from) =>
        from == 0 ? facts : [.. facts.Select(fact => Shift(fact, from))];

    private static Fact Shift(Fact fact, int from) => fact switch
    {
        Fact.Earned earned => earned with { Lot = earned.Lot + from },
        Fact.Activated activated => activated with { Lot = activated.Lot + from },
        Fact.Expired expired => expired with { Lot = expired.Lot + from },
        Fact.Extended extended => extended with { Lots = [.. extended.Lots.Select(lot => lot + from)] },
        Fact.SpentPoints spent => spent with { Parts = Shift(spent.Parts, from) },
        Fact.Adjusted adjusted => adjusted with
        {
            Lot = adjusted.Lot + from,
            Parts = Shift(adjusted.Parts, from),
        },
        Fact.Transferred moved => moved with { Lot = moved.Lot + from, Parts = Shift(moved.Parts, from) },
        Fact.Reversed reversed => reversed with
        {
            Lot = reversed.Lot + from,
            Parts = Shift(reversed.Parts, from),
        },
        Fact.WalletJoined joined => joined with { Settled = Shift(joined.Settled, from) },
        _ => fact,
    };

    private static ImmutableArray<LotPart> Shift(ImmutableArray<LotPart> parts, int from) =>
        [.. parts.Select(part => part with { Lot = part.Lot + from })];
}
