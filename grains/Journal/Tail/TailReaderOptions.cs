namespace MallVip.Grains.Journal;

/// <summary>Settings of a reader of the whole journal.</summary>
public sealed record TailReaderOptions
{
    /// <summary>Its name and where its checkpoint lives.</summary>
    public required ReaderId Id { get; init; }

    /// <summary>Who holds the lease: one name per process. Default <c>local</c>.</summary>
    public string Owner { get; init; } = "local";

    /// <summary>Most entries in one page. Default 1,024.</summary>
    public int MaxEntries { get; init; } = 1_024;

    /// <summary>How long a lease lasts; each move renews it. Default 30 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it looks for new entries where others may write too. Default 100 ms.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The wait after a failure, before the page is tried again. Default 1 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
