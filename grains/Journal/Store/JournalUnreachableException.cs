namespace MallVip.Grains.Journal;

/// <summary>The store cannot be reached, does not let this process in or takes no writes; the message says
/// why and what to do, and holds no password.</summary>
[GenerateSerializer]
public sealed class JournalUnreachableException(
    string message, Exception? inner = null, StoreTrouble trouble = StoreTrouble.Away)
    : JournalException(message, inner)
{
    /// <summary>What is in the way.</summary>
    [Id(0)]
    public StoreTrouble Trouble { get; } = trouble;
}

/// <summary>What keeps a store from doing its work.</summary>
public enum StoreTrouble
{
    /// <summary>It does not answer, or anything else.</summary>
    Away,

    /// <summary>Its disk is full.</summary>
    Full,

    /// <summary>It can be read only.</summary>
    ReadOnly,
}
