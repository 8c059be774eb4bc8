using System.Collections.Frozen;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Checking;
using MallVip.Rules.Coupons;
using MallVip.Rules.Quantities;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads what members order for points.</summary>
internal sealed class CatalogueReader(Declarations declared, Findings findings)
{
    private readonly string[] _malls = [.. declared.Malls.Keys.Order(StringComparer.Ordinal)];
    private readonly string[] _tiers = [.. declared.Tiers.Select(tier => tier.Id)];

    public FrozenDictionary<string, Reward> ReadAll(YamlMap? map)
    {
        var read = new Dictionary<string, Reward>(StringComparer.Ordinal);
        foreach (var (id, value) in map?.Entries ?? [])
            if (value is YamlMap reward && WalletOf(id, reward) is { } wallet)
                read[id.Value] = Read(id, reward, wallet);
        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private Reward Read(YamlScalar id, YamlMap map, string wallet)
    {
        var (from, to) = (MomentOf(map.Text("from")), MomentOf(map.Text("to")));
        if (from >= to)
            findings.Error(map.Entry("to")!.Key.Place, "REWARD_REVERSED", id.Value);
        var limit = map.Map("per-member");
        return new(id.Value, map.Text("name") ?? id.Value, wallet, PriceOf(map, default))
        {
            TierPrices = TierPrices(map),
            Tiers = NameReader.Read(map.List("for"), "TIER_UNKNOWN", _tiers, findings),
            From = from,
            To = to,
            Stock = StockOf(map.Map("stock")),
            Waiting = Forms.ReadInteger(map.Text("waiting")) ?? 0,
            Desks = ByMall(map.Map("desks"), value => NameReader.Texts(value as YamlList)),
            PerMember = Forms.ReadInteger(limit?.Text("times")) is { } times
                ? new CouponLimit(times, Words<LimitWindow>.Read(limit!.Text("every")) ?? LimitWindow.Ever)
                : null,
            Coupon = CouponOf(map),
            PayMinutes = Forms.ReadMinutes(map.Text("pay-within")) ?? 30,
            PickUpDays = Forms.ReadDays(map.Text("pick-up-within")) ?? 14,
            ReturnDays = Forms.ReadDays(map.Text("return-within")) ?? 0,
            OnExpiry = Words<RewardExpiry>.Read(map.Text("on-expiry")) ?? RewardExpiry.GiveBack,
            Cancels = map.Text("cancel") is not "false",
        };
    }

    /// <summary>Null: a finding says why.</summary>
    private string? WalletOf(YamlScalar id, YamlMap map)
    {
        var named = map.Scalar("wallet");
        var wallet = named is null
            ? declared.Wallets.FirstOrDefault(candidate => candidate.Spendable)
            : declared.Wallets.FirstOrDefault(candidate => candidate.Id == named.Value);
        if (wallet is null && named is null)
            findings.Error(id.Place, "WALLET_NOT_NAMED");
        else if (wallet is null)
            findings.Unknown(
                named!.Place, "WALLET_UNKNOWN", named.Value, declared.Wallets.Select(known => known.Id));
        else if (!wallet.Spendable)
            findings.Error(named!.Place, "REWARD_WALLET", id.Value, wallet.Id);
        return wallet is { Spendable: true } ? wallet.Id : null;
    }

    private FrozenDictionary<string, RewardPrice> TierPrices(YamlMap map)
    {
        var prices = new Dictionary<string, RewardPrice>(StringComparer.Ordinal);
        foreach (var (tier, value) in map.Map("tier-prices")?.Entries ?? [])
            if (NameReader.Check(tier, "TIER_UNKNOWN", _tiers, findings) && value is YamlMap price)
                prices[tier.Value] = PriceOf(price, PriceOf(map, default));
        return prices.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenDictionary<string, long>? StockOf(YamlMap? map) =>
        map is null ? null : ByMall(map, value => Forms.ReadLong((value as YamlScalar)?.Value) ?? 0);

    private FrozenDictionary<string, T> ByMall<T>(YamlMap? map, Func<YamlNode, T> read)
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (mall, value) in map?.Entries ?? [])
            if (NameReader.Check(mall, "MALL_UNKNOWN", _malls, findings))
                values[mall.Value] = read(value);
        return values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A coupon that another stock counts, or that another system makes, is no reward.</summary>
    private string? CouponOf(YamlMap map)
    {
        if (map.Scalar("coupon") is not { } named)
            return null;
        if (declared.Coupons.TryGetValue(named.Value, out var template) && !template.IsCounted)
            return named.Value;
        findings.Error(named.Place, "REWARD_COUPON", named.Value);
        return null;
    }

    private static RewardPrice PriceOf(YamlMap map, RewardPrice otherwise) => new(
        Forms.ReadLong(map.Text("points")) is { } points ? new Points(points) : otherwise.Points,
        Forms.ReadDecimal(map.Text("cash")) is { } cash ? new Money(cash) : otherwise.Cash);

    private DateTimeOffset? MomentOf(string? text) => Forms.ReadMoment(text) is { } local
        ? new DateTimeOffset(local, declared.Zone.GetUtcOffset(local))
        : null;
}
