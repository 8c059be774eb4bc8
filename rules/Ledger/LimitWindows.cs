using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>Windows of limits and caps, and what is left in them.</summary>
internal static class LimitWindows
{
    /// <summary>The first day of the window that a day falls into, and the first day after it.</summary>
    public static (DateOnly First, DateOnly Ends) Of(LimitWindow window, DateOnly day) => window switch
    {
        LimitWindow.Day => (day, day.AddDays(1)),
        LimitWindow.Week => FromMonday(day.AddDays(-(((int)day.DayOfWeek + 6) % 7))),
        LimitWindow.Month => (new(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, 1).AddMonths(1)),
        LimitWindow.Year => (new(day.Year, 1, 1), new(day.Year + 1, 1, 1)),
        LimitWindow.Ever => (DateOnly.MinValue, DateOnly.MaxValue),
        _ => throw new InvalidOperationException($"Unknown window {window}."),
    };

    /// <summary>How much of an amount a rule's limit lets through on a day.</summary>
    public static Points Cut(MemberState state, Rule rule, DateOnly day, Points amount)
    {
        if (rule.Limit is not { } limit)
            return amount;
        var use = UseOf(state, rule.Ref.Rule, Of(limit.Every, day).First);
        if (use.Times >= limit.Times)
            return Points.Zero;
        return limit.Amount is { } most ? Left(most, use, amount) : amount;
    }

    /// <summary>How much of an amount a wallet's cap lets through on a day.</summary>
    public static Points Cut(MemberState state, Wallet wallet, DateOnly day, Points amount) =>
        wallet.Cap is { } cap
            ? Left(cap.Amount, UseOf(state, wallet.CapKey, Of(cap.Every, day).First), amount)
            : amount;

    private static Points Left(long most, in LimitUse use, Points amount) =>
        Points.Max(Points.Zero, Points.Min(amount, new Points(most) - use.Amount));

    /// <summary>What a key has used of the window that begins on a day.</summary>
    public static LimitUse UseOf(MemberState state, string key, DateOnly first)
    {
        foreach (ref readonly var use in state.Limits.AsSpan())
            if (use.Window == first && use.Key == key)
                return use;
        return default;
    }

    private static (DateOnly First, DateOnly Ends) FromMonday(DateOnly monday) => (monday, monday.AddDays(7));
}
