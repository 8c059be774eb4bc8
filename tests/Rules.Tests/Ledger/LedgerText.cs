using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Ledgers as a shopkeeper would write them down.</summary>
internal static class LedgerText
{
    /// <summary>The earned lines of the last entry and their sum.</summary>
    public static string Earned(Shopper shopper)
    {
        var lines = shopper.Last.OfType<Fact.Earned>().ToList();
        return string.Join('\n', lines.Select(line => $"{line.Why?.Rule} {line.Amount}")
            .Append($"= {lines.Sum(line => line.Amount.Value)}"));
    }

    /// <summary>The lines of the last entry that moved points, one each.</summary>
    public static string Last(Shopper shopper) =>
        string.Join('\n', shopper.Last.Select(Line).OfType<string>());

    /// <summary>A wallet's sums.</summary>
    public static string Wallet(Shopper shopper, string wallet = "points")
    {
        var sums = shopper.State.FindWallet(wallet) ?? new WalletState(wallet);
        return $"balance {sums.Balance} pending {sums.Pending} earned {sums.Earned} " +
            $"reversed {sums.Reversed} spent {sums.Spent} expired {sums.Expired} adjusted {sums.Adjusted}";
    }

    /// <summary>Lots in spend order: number, what is left, state, last minute.</summary>
    public static string Lots(Shopper shopper) => string.Join('\n', shopper.State.Lots.Select(lot =>
        $"lot {lot.Number} {lot.Wallet} {lot.Remaining}/{lot.Amount}" +
        (lot.Unconfirmed ? " unconfirmed" : "") +
        (lot.ActivatesAt is { } on ? $" {(lot.Unconfirmed ? "to" : "from")} {Local(on)}" : "") +
        (lot.ExpiresAt is { } until ? $" until {Local(until)}" : "")));

    private static string? Line(Fact fact) => fact switch
    {
        Fact.Earned e =>
            $"lot {e.Lot} earned {e.Amount}" + (e.Settled.Value > 0 ? $" pays off {e.Settled}" : ""),
        Fact.Activated a =>
            $"lot {a.Lot} active {a.Amount}" + (a.Settled.Value > 0 ? $" pays off {a.Settled}" : ""),
        Fact.Expired x => $"lot {x.Lot} expired {x.Amount}",
        Fact.Extended x => $"lot {string.Join('+', x.Lots)} of {x.Amount} until {Local(x.ExpiresAt)}",
        Fact.PointsHeld h => $"held {h.Amount} as {h.Hold}",
        Fact.HoldEnded h => $"hold {h.Hold} of {h.Amount} {h.Cause}",
        Fact.SpentPoints s =>
            $"spent {s.Amount} from {Parts(s.Parts)}"
                + (s.FromBalance.Value > 0 ? $" below zero {s.FromBalance}" : "")
                + (s.Short.Value > 0 ? $" short {s.Short}" : ""),
        Fact.Transferred t =>
            $"moved {t.Amount}" + (t.Lot is { } lot ? $" as lot {lot}" : $" from {Parts(t.Parts)}"),
        Fact.Adjusted a =>
            $"adjusted {a.Amount}" + (a.Lot is { } lot ? $" as lot {lot}" : $" from {Parts(a.Parts)}"),
        Fact.Reversed r => $"lot {r.Lot} reversed {r.Amount} from {Parts(r.Parts)}" +
            (r.FromBalance.Value > 0 ? $" below zero {r.FromBalance}" : "") +
            (r.Lapsed.Value > 0 ? $" lapsed {r.Lapsed}" : "")
                + (r.Shortfall.Value > 0 ? $" shortfall {r.Shortfall}" : ""),
        Fact.TierChanged t =>
            $"tier {t.From ?? "-"} -> {t.To ?? "-"}" + (t.Until is { } end ? $" until {Local(end)}" : ""),
        _ => null,
    };

    private static string Parts(IEnumerable<LotPart> parts) =>
        string.Join('+', parts.Select(part => $"{part.Lot}:{part.Amount}")) is { Length: > 0 } text ? text
            : "nothing";

    public static string Local(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
