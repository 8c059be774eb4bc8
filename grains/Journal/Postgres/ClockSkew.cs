namespace MallVip.Grains.Journal;

/// <summary>How far this machine's clock is from the database's. Entries carry this machine's time, and days,
/// limits and leases are judged by it; two silos are never further apart than both from the
/// database.</summary>
public static class ClockSkew
{
    /// <summary>Beyond this, <c>/readyz</c> tells of it: 2 s.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromSeconds(2);

    /// <summary>Beyond this nothing is written: 15 s. Two silos that write are at most 30 s apart.</summary>
    public static readonly TimeSpan Refused = TimeSpan.FromSeconds(15);

    /// <summary>How far they are apart at least; positive: this machine is ahead.</summary>
    /// <param name="before">This machine's time before the database was asked.</param>
    /// <param name="database">What the database said.</param>
    /// <param name="after">This machine's time when the answer had come.</param>
    public static TimeSpan Between(DateTimeOffset before, DateTimeOffset database, DateTimeOffset after)
    {
        if (database < before)
            return before - database;
        return database > after ? after - database : TimeSpan.Zero;
    }

    /// <exception cref="JournalClockException">They are too far apart to write anything.</exception>
    internal static void Refuse(TimeSpan skew)
    {
        if (skew.Duration() > Refused)
            throw new JournalClockException(skew);
    }
}

/// <summary>This machine's clock is too far from the database's: nothing is written until they
/// agree.</summary>
[GenerateSerializer]
public sealed class JournalClockException(TimeSpan skew)
    : JournalException($"This machine's clock is {skew.Duration().TotalSeconds:F0} s "
        + $"{(skew > TimeSpan.Zero ? "ahead of" : "behind")} the database's; beyond "
        + $"{ClockSkew.Refused.TotalSeconds:F0} s nothing is written. Set both by NTP.");
