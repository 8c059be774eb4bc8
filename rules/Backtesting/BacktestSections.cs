using System.Collections.Immutable;

namespace MallVip.Rules.Backtesting;

/// <summary>The parts of a back-test's result, by the names that scripts read.</summary>
public static class BacktestSections
{
    /// <summary>By kind of movement (issued, returned, spent, expired) and what members hold at the end.
    /// </summary>
    public const string Points = "points";

    /// <summary>Points issued less returned, by rule; likewise by tier, store and payer.</summary>
    public const string Rule = "rule";

    /// <summary>By the member's tier before the event.</summary>
    public const string Tier = "tier";

    public const string Store = "store";

    /// <summary>By who pays; parts of points are kept.</summary>
    public const string Payer = "payer";

    /// <summary>How often rules did something.</summary>
    public const string Fired = "fired";

    /// <summary>Rules of the draft that did nothing.</summary>
    public const string Never = "never-fired";

    /// <summary>What rules asked others to do: coupons, messages, journeys.</summary>
    public const string Effect = "effect";

    /// <summary>Members by their tiers at the end on both sides.</summary>
    public const string TierMove = "tier-move";

    /// <summary>Members who get the most more, of the draft's default wallet.</summary>
    public const string Gain = "gain";

    /// <summary>Members who get the most less.</summary>
    public const string Loss = "loss";

    /// <summary>Points that were spent, held or given on then and are not there under the draft.</summary>
    public const string Infeasible = "infeasible";

    /// <summary>Commands that were accepted then and are refused under the draft, by code.</summary>
    public const string Refused = "refused";

    /// <summary>Events that wait for a store that the deciding programme does not declare.</summary>
    public const string Waiting = "store-not-declared";

    /// <summary>The code of those.</summary>
    public const string StoreNotDeclared = "store_not_declared";

    /// <summary>In the order in which they are shown.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Points, Rule, Tier, Store, Payer, Fired, Never, Effect, TierMove, Gain, Loss, Infeasible, Refused,
        Waiting,
    ];
}
