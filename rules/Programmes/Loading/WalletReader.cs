using System.Collections.Immutable;
using MallVip.Rules.Cases;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads wallets and their policies.</summary>
internal static class WalletReader
{
    public static ImmutableArray<Wallet> ReadAll(YamlMap? map, Findings findings)
    {
        var wallets = ImmutableArray.CreateBuilder<Wallet>();
        foreach (var (key, value) in map?.Entries ?? [])
        {
            if (Expectation.Reserved.Contains(key.Value, StringComparer.Ordinal))
                findings.Error(key.Place, "WALLET_RESERVED", key.Value);
            if (value is YamlMap wallet)
                wallets.Add(Read(key, wallet, findings));
        }

        if (map is { Entries.Count: 0 })
            findings.Error(map.Place, "WALLET_NONE");
        return wallets.ToImmutable();
    }

    private static Wallet Read(YamlScalar id, YamlMap wallet, Findings findings) =>
        new(id.Value, wallet.Text("name") ?? id.Value)
        {
            Spendable = wallet.Text("spendable") is not "false",
            Expiry = wallet.Map("expiry") is { } expiry ? ReadExpiry(expiry, findings) : ExpiryPolicy.None,
            PendingDays = Forms.ReadInteger(wallet.Text("pending")) ?? 0,
            Stack = Words<Stacking>.Read(wallet.Text("stack")) ?? Stacking.Sum,
            Cap = wallet.Map("cap") is { } cap ? ReadCap(cap) : null,
            Windows = wallet.Text("windows") is "true",
            Floor = new(Forms.ReadLong(wallet.Text("floor")) ?? 0),
            Returns = Words<ReturnPolicy>.Read(wallet.Text("returns")) ?? ReturnPolicy.WithinBalance,
        };

    private static WalletCap? ReadCap(YamlMap cap) =>
        Words<LimitWindow>.Read(cap.Text("every")) is { } every &&
            Forms.ReadLong(cap.Text("amount")) is { } amount
            ? new(every, amount)
            : null;

    private static ExpiryPolicy ReadExpiry(YamlMap expiry, Findings findings)
    {
        var months = Forms.ReadInteger(expiry.Text("months"));
        var days = Forms.ReadInteger(expiry.Text("days"));
        var next = Forms.ReadMonthDay(expiry.Text("next-year-on"));
        var said = (expiry["months"] is null ? 0 : 1) + (expiry["days"] is null ? 0 : 1) +
            (expiry["next-year-on"] is null ? 0 : 1);
        if (said != 1)
            findings.Error(expiry.Place, "EXPIRY_ONE_OF");
        if (expiry["to"] is { } to && expiry["months"] is null)
            findings.Error(to.Place, "EXPIRY_TO_WITHOUT_MONTHS");
        if (months is { } m)
            return new ExpiryPolicy.AfterMonths(m, expiry.Text("to") is "month-end");
        if (days is { } d)
            return new ExpiryPolicy.AfterDays(d);
        return next is { } day ? new ExpiryPolicy.NextYearOn(day.Month, day.Day) : ExpiryPolicy.None;
    }
}
