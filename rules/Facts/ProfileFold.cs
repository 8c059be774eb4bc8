using System.Collections.Immutable;
using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>How facts about who the member is change the member.</summary>
internal static class ProfileFold
{
    public static MemberState Apply(MemberState state, Fact.Enrolled fact) => state with
    {
        Basics = state.Basics with
        {
            Id = fact.Member,
            EnrolledAt = fact.At,
            HomeMall = fact.Mall,
            Identities = fact.Identities,
            Attributes = fact.Attributes is null
                ? MemberState.Empty.Attributes
                : fact.Attributes.WithComparers(StringComparer.Ordinal),
            FiredThrough = fact.At,
        },
    };

    /// <summary>Who gets it back later has to show anew that it is the member's.</summary>
    public static MemberState Apply(MemberState state, Fact.IdentityReleased fact) => state with
    {
        Identities = state.Identities.Remove(fact.Identity),
        Verified = state.Verified.RemoveAll(verified => verified.Handle == fact.Identity.Handle),
    };

    public static MemberState Apply(MemberState state, Fact.IdentityVerified fact)
    {
        var others = state.Verified.RemoveAll(verified => verified.Handle == fact.Identity.Handle);
        return state with
        {
            Verified = fact is { At: { } at, Proof: { } proof }
                ? others.Add(new(fact.Identity.Handle, at, proof.By, proof.How))
                : others,
        };
    }

    public static MemberState Apply(MemberState state, Fact.AttributeSet fact) => state with
    {
        Attributes = fact.Value is null
            ? state.Attributes.Remove(fact.Name)
            : state.Attributes.SetItem(fact.Name, fact.Value),
    };

    public static MemberState Apply(MemberState state, Fact.ConsentSet fact)
    {
        var consents = state.Consents;
        var after = new ConsentState(fact.Purpose, fact.Granted, fact.At);
        for (var i = 0; i < consents.Length; i++)
            if (consents[i].Purpose == fact.Purpose)
                return state with { Consents = consents.SetItem(i, after) };
        return state with { Consents = consents.Add(after) };
    }

    public static MemberState Apply(MemberState state, Fact.Fired fact)
    {
        if (fact.Event is not { } timed)
            return fact.Through > state.FiredThrough ? state with { FiredThrough = fact.Through } : state;
        for (var i = 0; i < state.Timed.Length; i++)
            if (state.Timed[i].Event == timed)
                return state with { Timed = state.Timed.SetItem(i, new(timed, fact.Through)) };
        return state with { Timed = state.Timed.Add(new(timed, fact.Through)) };
    }

    public static TierState? TierAfter(Fact.TierChanged fact) =>
        fact.To is null ? null : new(fact.To, fact.Since ?? fact.At, fact.Until)
        {
            Grace = fact.Grace,
            Grant = fact.Grant,
        };

    public static ImmutableArray<TagState> With(ImmutableArray<TagState> tags, Fact.TagAdded fact)
    {
        var at = IndexOf(tags, fact.Tag);
        return at < 0
            ? tags.Add(new(fact.Tag, fact.At, fact.Until, fact.Why?.Rule))
            : tags.SetItem(at, new(fact.Tag, tags[at].Since, fact.Until, fact.Why?.Rule));
    }

    public static ImmutableArray<TagState> Without(ImmutableArray<TagState> tags, string tag)
    {
        var at = IndexOf(tags, tag);
        return at < 0 ? tags : tags.RemoveAt(at);
    }

    private static int IndexOf(ImmutableArray<TagState> tags, string tag)
    {
        var span = tags.AsSpan();
        for (var i = 0; i < span.Length; i++)
            if (span[i].Tag == tag)
                return i;
        return -1;
    }
}
