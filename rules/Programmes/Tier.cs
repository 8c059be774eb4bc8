namespace MallVip.Rules.Programmes;

/// <summary>A step of the ladder.</summary>
/// <param name="Rank">0 is the lowest.</param>
/// <param name="Entry">Null: everyone has it from enrolment on (only the lowest may say so).</param>
/// <param name="Validity">When it is asked whether it is kept; null: it has no end.</param>
public sealed record Tier(string Id, string Name, int Rank, ICondition? Entry, TierValidity? Validity)
{
    /// <summary>Where its entry condition stands in <c>programme.yaml</c>, from 1; 0: it has none.</summary>
    public int Line { get; init; }

    /// <summary>What must hold at the end for the tier to be renewed. Default: the entry condition.</summary>
    public ICondition? Keep { get => field ?? Entry; init; }

    /// <summary>Where the condition for keeping it stands in <c>programme.yaml</c>.</summary>
    public int KeepLine { get => field == 0 ? Line : field; init; }

    /// <summary>For so many days after the end it stays, and may still be kept. Default 0.</summary>
    public int GraceDays { get; init; }

    /// <summary>Where a member falls who does not keep it. Default requalify.</summary>
    public TierFall Downgrade { get; init; }

    /// <summary>What a return does to it. Default keep.</summary>
    public TierReturn OnReturn { get; init; }
}

/// <summary>What a return does to a tier.</summary>
public enum TierReturn
{
    /// <summary>It stays until its validity ends.</summary>
    Keep,
    /// <summary>A return that takes away what the entry condition asks for ends it at once.</summary>
    ReEvaluate,
}

/// <summary>Where a member falls who does not keep a tier.</summary>
public enum TierFall
{
    /// <summary>To the highest lower tier whose entry condition holds.</summary>
    Requalify,
    /// <summary>To the next lower tier, whatever holds.</summary>
    OneDown,
}
