using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Journaling;

/// <summary>
/// What a member's journal entry holds: what was asked, what it changed, and where that led.
/// </summary>
/// <param name="Version">Of the body's form. 1: each earned line had a lot of its own; 2: lines share the
/// lot of their dates; 3: points are held, and spent on credit; 4: members have a status;
/// 5: members merge, refunds wait for their purchase, points wait to be confirmed, last longer and count
/// by day, tiers have grace and are granted; 6: events count for achievements, members are brought, and
/// identities are released and verified; 7: members have coupons and orders.</param>
/// <param name="After">Follows from the facts; written down so that readers need no fold and auditors can
/// compare.</param>
public sealed record EntryBody(
    [property: Name("v")] int Version,
    [property: Name("c")] MemberCommand Command,
    ImmutableArray<Fact> Facts,
    [property: Name("z"), JsonPropertyOrder(2)] AfterEntry After)
{
    /// <summary>The version that this build writes.</summary>
    public const int CurrentVersion = 7;

    [Name("f"), JsonPropertyOrder(1)]
    public ImmutableArray<Fact> Facts { get; init; } = Facts.IsDefault ? [] : Facts;

    /// <param name="state">The state with the facts applied.</param>
    public static EntryBody Of(MemberCommand command, ImmutableArray<Fact> facts, MemberState state) =>
        new(CurrentVersion, command, facts, AfterEntry.Of(facts, state));
}

/// <summary>Where an entry left the wallets that it touched, and the tier.</summary>
public sealed record AfterEntry(
    ImmutableArray<WalletAfter> Wallets,
    [property: Name("t")] string? Tier)
{
    [Name("w"), JsonPropertyOrder(-1)]
    public ImmutableArray<WalletAfter> Wallets { get; init; } = Wallets.IsDefault ? [] : Wallets;

    /// <param name="state">The state with the facts applied.</param>
    public static AfterEntry Of(ImmutableArray<Fact> facts, MemberState state)
    {
        var wallets = new WalletAfter[state.Wallets.Length];
        var count = 0;
        foreach (var wallet in state.Wallets)
            if (Touches(facts, wallet.Wallet))
                wallets[count++] = new(wallet.Wallet, wallet.Balance, wallet.Pending);
        Array.Resize(ref wallets, count);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(wallets), state.Tier?.Tier);
    }

    private static bool Touches(ImmutableArray<Fact> facts, string wallet)
    {
        foreach (var fact in facts)
            if (FactWallet.Of(fact) == wallet)
                return true;
        return false;
    }
}

/// <summary>A wallet after an entry.</summary>
public sealed record WalletAfter(
    [property: Name("w")] string Wallet, [property: Name("b")] Points Balance,
    [property: Name("p")] Points Pending);
