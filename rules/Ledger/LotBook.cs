using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>Changes of a member's lots, kept in spend order; a lot with nothing left leaves.</summary>
internal static class LotBook
{
    /// <summary>
    /// The lot that points with these dates join, so that a year of purchases leaves a dozen lots and not
    /// hundreds; otherwise the number of a new one.
    /// </summary>
    public static int NumberFor(
        MemberState state, string wallet, DateTimeOffset? activatesAt, DateTimeOffset? expiresAt)
    {
        foreach (ref readonly var lot in state.Lots.AsSpan())
            if (lot.Wallet == wallet && lot.ActivatesAt == activatesAt && lot.ExpiresAt == expiresAt
                && !lot.Unconfirmed)
                return lot.Number;
        return state.NextLot;
    }

    /// <summary>Opens a lot, or adds to the one with its number.</summary>
    public static ImmutableArray<Lot> Put(ImmutableArray<Lot> lots, in Lot lot)
    {
        if (lot.Remaining == Points.Zero)
            return lots;
        for (var i = 0; i < lots.Length; i++)
            if (lots[i].Number == lot.Number)
                return lots.SetItem(i, lots[i].With(lot));
        return Insert(lots, lot);
    }

    private static ImmutableArray<Lot> Insert(ImmutableArray<Lot> lots, in Lot lot)
    {
        var at = lots.Length;
        while (at > 0 && lot.ComesBefore(lots[at - 1]))
            at--;
        return lots.Insert(at, lot);
    }

    public static ImmutableArray<Lot> Take(ImmutableArray<Lot> lots, ImmutableArray<LotPart> parts)
    {
        foreach (var part in parts)
            lots = Take(lots, part.Lot, part.Amount);
        return lots;
    }

    public static ImmutableArray<Lot> Take(ImmutableArray<Lot> lots, int number, Points amount)
    {
        var at = IndexOf(lots, number);
        var left = lots[at].Remaining - amount;
        if (left < Points.Zero)
            throw new InvalidOperationException($"Lot {number} has less than {amount}.");
        return left == Points.Zero ? lots.RemoveAt(at) : lots.SetItem(at, lots[at] with { Remaining = left });
    }

    public static ImmutableArray<Lot> Activate(ImmutableArray<Lot> lots, int number, Points settled)
    {
        var at = IndexOf(lots, number);
        var active = lots[at] with
        {
            ActivatesAt = null,
            Unconfirmed = false,
            Remaining = lots[at].Remaining - settled,
        };
        return active.Remaining == Points.Zero ? lots.RemoveAt(at) : lots.SetItem(at, active);
    }

    /// <summary>Gives lots a later end, which may change their place.</summary>
    public static ImmutableArray<Lot> Extend(
        ImmutableArray<Lot> lots, ImmutableArray<int> numbers, DateTimeOffset expiresAt)
    {
        foreach (var number in numbers)
        {
            var at = IndexOf(lots, number);
            lots = Insert(lots.RemoveAt(at), lots[at] with { ExpiresAt = expiresAt });
        }

        return lots;
    }

    /// <summary>Null: nothing is left in it.</summary>
    public static Lot? Find(ImmutableArray<Lot> lots, int number)
    {
        foreach (ref readonly var lot in lots.AsSpan())
            if (lot.Number == number)
                return lot;
        return null;
    }

    public static Lot Get(ImmutableArray<Lot> lots, int number) => lots[IndexOf(lots, number)];

    private static int IndexOf(ImmutableArray<Lot> lots, int number)
    {
        var span = lots.AsSpan();
        for (var i = 0; i < span.Length; i++)
            if (span[i].Number == number)
                return i;
        throw new InvalidOperationException($"No points are left in lot {number}.");
    }
}
