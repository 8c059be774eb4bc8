using System.Collections.Immutable;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Facts;

/// <summary>How the use of limits adds up per window, and when it is forgotten.</summary>
internal static class LimitFold
{
    public static ImmutableArray<LimitUse> Use(ImmutableArray<LimitUse> uses, Fact.LimitUsed fact)
    {
        if (HasPast(uses, fact.Window))
            uses = WithoutPast(uses, fact.Window);
        for (var i = 0; i < uses.Length; i++)
            if (uses[i].Key == fact.Key && uses[i].Window == fact.Window)
                return Put(uses, i, fact);
        return fact.Times <= 0 && fact.Amount <= Points.Zero
            ? uses
            : uses.Add(new(fact.Key, fact.Window, fact.Ends, fact.Times, fact.Amount));
    }

    private static ImmutableArray<LimitUse> Put(ImmutableArray<LimitUse> uses, int at, Fact.LimitUsed fact)
    {
        var use = uses[at].Add(fact.Times, fact.Amount);
        return use is { Times: <= 0, Amount.Value: <= 0 } ? uses.RemoveAt(at) : uses.SetItem(at, use);
    }

    private static ImmutableArray<LimitUse> WithoutPast(ImmutableArray<LimitUse> uses, DateOnly day) =>
        uses.RemoveAll(use => use.IsPast(day));

    private static bool HasPast(ImmutableArray<LimitUse> uses, DateOnly day)
    {
        foreach (ref readonly var use in uses.AsSpan())
            if (use.IsPast(day))
                return true;
        return false;
    }
}
