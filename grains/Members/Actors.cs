namespace MallVip.Grains.Members;

/// <summary>How the actors of entries are called.</summary>
public static class Actors
{
    /// <summary>How the actor of a test key begins. No other name can: it may not hold a colon.</summary>
    public const string TestMark = "test:";

    /// <summary>Whether an entry is a test key's: it counts in no budget and no report.</summary>
    public static bool IsTest(string actor) => actor.StartsWith(TestMark, StringComparison.Ordinal);
}
