using System.Collections.Frozen;

namespace MallVip.Rules.Deciding;

/// <summary>Who stands as the actor of an entry, and is somebody.</summary>
public static class Operators
{
    /// <summary>A caller without a key.</summary>
    public const string Local = "local";

    /// <summary>What no key is called.</summary>
    public static FrozenSet<string> Reserved { get; } = FrozenSet.Create(
        StringComparer.Ordinal, Local, "import", "replay", "demo", "due", "simulate", "settle");

    /// <summary>The name of the key; null: nobody that is known.</summary>
    public static string? Named(string? actor) => actor is null || Reserved.Contains(actor) ? null : actor;
}
