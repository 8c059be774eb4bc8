namespace MallVip.Rules.Cel;

/// <summary>What a call was resolved to.</summary>
internal abstract record CelCallPlan
{
    private CelCallPlan()
    {
    }

    /// <summary>A library function: the one overload, or several to choose from at run time.</summary>
    public sealed record Library(IReadOnlyList<CelNode> Arguments, IReadOnlyList<CelOverload> Candidates)
        : CelCallPlan;

    /// <summary>A function or method of the host; a parsed literals stand for the arguments.</summary>
    public sealed record Host(CelHostFunction Function, CelNode? Receiver, IReadOnlyList<CelNode> Arguments)
        : CelCallPlan
    {
        /// <summary>Empty: the arguments are evaluated.</summary>
        public IReadOnlyList<object?> Literals { get; init; } = [];
    }

    /// <summary>math.greatest or math.least.</summary>
    public sealed record Extreme(IReadOnlyList<CelNode> Arguments, bool Greatest) : CelCallPlan;

    /// <summary><c>list.sum()</c>, an extension of MallVip: 0 for an empty list.</summary>
    public sealed record Sum(CelNode List) : CelCallPlan;

    /// <summary>Nothing fits and the check is off: it fails when it is reached.</summary>
    public sealed record Fails(string Code, IReadOnlyList<string> Args) : CelCallPlan;
}
