using System.Collections.Immutable;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about a member who becomes a part of another one.</summary>
public abstract partial record Fact
{
    /// <summary>The member is on its way into another: nothing else happens to it until that is over.
    /// </summary>
    public sealed record MergeStarted(
        [property: Name("g")] MergeState Merge, [property: Name("text")] string Reason) : Fact;

    /// <summary>This member has taken another one in. The wallets follow, one <see cref="WalletJoined"/>
    /// each.</summary>
    /// <param name="Merge">The merge's name.</param>
    /// <param name="Entries">How many entries the other one has.</param>
    /// <param name="State">All that the other one was, without its wallets and lots.</param>
    public sealed record Absorbed(
        [property: Name("i")] string Merge,
        [property: Name("m")] MemberId Member,
        [property: Name("n")] long Entries,
        [property: Name("s")] MemberState State) : Fact;

    /// <summary>A wallet of an absorbed member has come with its sums and lots.</summary>
    /// <param name="Sums">The other one's, to be added.</param>
    /// <param name="Lots">As numbered here.</param>
    /// <param name="Settled">What one's points pay of the other's negative balance.</param>
    public sealed record WalletJoined(
        [property: Name("m")] MemberId Member,
        [property: Name("su")] WalletState Sums,
        ImmutableArray<Lot> Lots,
        ImmutableArray<LotPart> Settled) : Fact
    {
        [Name("l")]
        public ImmutableArray<Lot> Lots { get; init; } = Lots.IsDefault ? [] : Lots;

        [Name("p")]
        public ImmutableArray<LotPart> Settled { get; init; } = Settled.IsDefault ? [] : Settled;
    }

    /// <summary>This member takes another one not in, and never will under this name.</summary>
    /// <param name="Code">Why, as a refusal's code.</param>
    public sealed record MergeRefused(
        [property: Name("i")] string Merge, [property: Name("from")] MemberId From,
        [property: Name("c")] string Code) : Fact;

    /// <summary>A wallet has gone to who goes on.</summary>
    public sealed record WalletLeft(
        [property: Name("w")] string Wallet, [property: Name("to")] MemberId To,
        [property: Name("b")] Points Balance, [property: Name("p")] Points Pending) : Fact;

    /// <summary>The member knows what became of its merge.</summary>
    /// <param name="Refused">The other one's code; null: it has become a part of it.</param>
    public sealed record MergeEnded(
        [property: Name("i")] string Merge, [property: Name("no")] string? Refused) : Fact;
}
