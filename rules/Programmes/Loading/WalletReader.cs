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
            Rolling = Words<RollingOn>.Read(wallet.Map("expiry")?.Text("rolling")),
            Pending = Words<PendingUntil>.Read(wallet.Map("pending")?.Text("until")) ?? PendingUntil.Days,
            PendingDays = ReadPendingDays(wallet, findings),
            Stack = Words<Stacking>.Read(wallet.Text("stack")) ?? Stacking.Sum,
            Cap = wallet.Map("cap") is { } cap ? ReadCap(cap) : null,
            Ceiling = Forms.ReadLong(wallet.Text("ceiling")),
            Cost = Forms.ReadDecimal(wallet.Text("cost")),
            Steps = ReadSteps(wallet, findings),
            Windows = wallet.Text("windows") is "true",
            Floor = new(Forms.ReadLong(wallet.Text("floor")) ?? 0),
            Returns = Words<ReturnPolicy>.Read(wallet.Text("returns")) ?? ReturnPolicy.WithinBalance,
        };

    private static int ReadPendingDays(YamlMap wallet, Findings findings)
    {
        if (wallet.Map("pending") is not { } pending)
            return Forms.ReadInteger(wallet.Text("pending")) ?? 0;
        if (pending.Text("until") is "return-window" && pending["days"] is null)
            findings.Error(pending.Place, "PENDING_WITHOUT_DAYS");
        return Forms.ReadInteger(pending.Text("days")) ?? 0;
    }

    /// <summary>With one of the two the other is the same.</summary>
    private static SpendSteps ReadSteps(YamlMap wallet, Findings findings)
    {
        if (wallet.Map("spend") is not { } spend)
            return new(1, 1);
        if (wallet.Text("spendable") is "false")
            findings.Error(spend.Place, "SPEND_NOT_SPENDABLE");
        var from = Forms.ReadLong(spend.Text("from"));
        var step = Forms.ReadLong(spend.Text("step"));
        return new(from ?? step ?? 1, step ?? 1);
    }

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
        if (expiry["rolling"] is { } rolling && expiry["next-year-on"] is not null)
            findings.Error(rolling.Place, "EXPIRY_ROLLING_FIXED");
        if (months is { } m)
            return new ExpiryPolicy.AfterMonths(m, expiry.Text("to") is "month-end");
        if (days is { } d)
            return new ExpiryPolicy.AfterDays(d);
        return next is { } day ? new ExpiryPolicy.NextYearOn(day.Month, day.Day) : ExpiryPolicy.None;
    }
}
