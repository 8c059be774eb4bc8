namespace MallVip.Grains.Journal;

/// <summary>What an entry does to its grain's due row. <c>default</c> leaves it as it is.</summary>
public readonly record struct DueChange
{
    private DueChange(DueAction action, DateTimeOffset at)
    {
        Action = action;
        At = at;
    }

    /// <summary>What to do.</summary>
    public DueAction Action { get; }

    /// <summary>The instant; without meaning for <see cref="DueAction.None"/> and
    /// <see cref="DueAction.Clear"/>.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Leaves the row as it is.</summary>
    public static DueChange None => default;

    /// <summary>Ends the grain's due work: deletes its row and any claim on it.</summary>
    public static DueChange Clear => new(DueAction.Clear, default);

    /// <summary>Takes the lesser of the stored and this instant; a claim stays. What ordinary writes
    /// use.</summary>
    public static DueChange Earlier(DateTimeOffset at) => new(DueAction.Earlier, at);

    /// <summary>Sets this instant and ends any claim. What a poke's entry uses.</summary>
    public static DueChange Exactly(DateTimeOffset at) => new(DueAction.Exact, at);
}

/// <summary>See <see cref="DueChange"/>.</summary>
public enum DueAction : byte
{
    None = 0,
    Earlier = 1,
    Exact = 2,
    Clear = 3,
}
