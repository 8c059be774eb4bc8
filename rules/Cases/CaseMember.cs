using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MallVip.Rules.Checking;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Quantities;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Cases;

/// <summary>Turns the <c>member</c> of a case into the commands that make such a member.</summary>
internal sealed class CaseMember(Programme programme, CaseEvents events, Findings findings)
{
    /// <summary>What a friend of a case may share with the member.</summary>
    public static readonly IdentityRef Car = new("plate", "case:plate");

    private static readonly TimeSpan EnrolledBefore = TimeSpan.FromDays(365);

    /// <param name="first">The time of the case's first event.</param>
    /// <param name="at">When the member joined.</param>
    public IReadOnlyList<MemberCommand> Commands(string name, YamlMap? member, DateTimeOffset first,
        out DateTimeOffset at)
    {
        at = member?.Scalar("enrolled") is { } enrolled &&
            events.ReadTime(enrolled, programme.Zone) is { } said
            ? said
            : first - EnrolledBefore;
        var attributes = member?.Map("attributes") is { } map ? events.ReadAttributes(map)?.Attributes : null;
        var enrol = new MemberCommand.Enrol(
            IdOf(name), at, MallOf(member), [Car], attributes ?? NoAttributes);
        var tier = TierOf(member?.Scalar("tier"));
        var lots = LotsOf(member?.Map("balances"));
        var commands = new List<MemberCommand>
        {
            tier is null && lots.IsEmpty ? enrol : new MemberCommand.OpenAccount(enrol, lots, tier, null),
        };
        foreach (var tag in member?.List("tags")?.Items.OfType<YamlScalar>() ?? [])
            commands.Add(new MemberCommand.AddTag(tag.Value, null, null));
        return commands;
    }

    /// <summary>The coupons that the member has when the first event comes.</summary>
    public IEnumerable<MemberCommand> Coupons(YamlMap? member)
    {
        foreach (var template in member?.List("coupons")?.Items.OfType<YamlScalar>() ?? [])
            yield return new MemberCommand.GrantCoupon(template.Value, CouponCause.Hand, null)
            {
                // What a case gives comes from no stock.
                Piece = programme.Coupons.GetValueOrDefault(template.Value) is { IsCounted: true }
                    ? $"case/{template.Place.Line}" : null,
            };
    }

    private static ImmutableSortedDictionary<string, FieldValue> NoAttributes { get; } =
        ImmutableSortedDictionary<string, FieldValue>.Empty.WithComparers(StringComparer.Ordinal);

    private static MemberId IdOf(string name) =>
        new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    private string? MallOf(YamlMap? member)
    {
        if (member?.Scalar("mall") is not { } mall)
            return null;
        if (!programme.Malls.ContainsKey(mall.Value))
            findings.Unknown(mall.Place, "MALL_UNKNOWN", mall.Value,
                programme.Malls.Keys.Order(StringComparer.Ordinal));
        return mall.Value;
    }

    private string? TierOf(YamlScalar? tier)
    {
        if (tier is null)
            return null;
        if (programme.Tiers.All(known => known.Id != tier.Value))
            findings.Unknown(tier.Place, "TIER_UNKNOWN", tier.Value,
                programme.Tiers.Select(known => known.Id));
        return tier.Value;
    }

    private ImmutableArray<OpeningLot> LotsOf(YamlMap? balances)
    {
        var lots = ImmutableArray.CreateBuilder<OpeningLot>();
        foreach (var (wallet, value) in balances?.Entries ?? [])
        {
            if (programme.FindWallet(wallet.Value) is null)
                findings.Unknown(
                    wallet.Place,
                    "WALLET_UNKNOWN",
                    wallet.Value,
                    programme.Wallets.Select(known => known.Id));
            else if (value is YamlScalar scalar && Forms.ReadLong(scalar.Value) is > 0 and var amount)
                lots.Add(new(wallet.Value, new Points(amount), null, null));
        }

        return lots.ToImmutable();
    }
}
