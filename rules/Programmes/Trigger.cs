namespace MallVip.Rules.Programmes;

/// <summary>What an event says that rules or time made; what its type does not have is empty or 0.</summary>
public sealed record Trigger
{
    /// <summary>Nothing to say: an event that was sent.</summary>
    public static Trigger None { get; } = new();

    /// <summary><c>tier.changed</c>: the tier before; empty: none.</summary>
    public string From { get; init; } = "";

    /// <summary><c>tier.changed</c>: the tier after; empty: none.</summary>
    public string To { get; init; } = "";

    /// <summary><c>tag.added</c>.</summary>
    public string Tag { get; init; } = "";

    /// <summary><c>points.earned</c>.</summary>
    public string Wallet { get; init; } = "";

    /// <summary><c>points.earned</c>: all that one step earned in the wallet, pending points included.</summary>
    public long Points { get; init; }
}
