namespace MallVip.Grains.Journal;

/// <summary>Carries keys from the journal's tail into the dedupe index, behind
/// <see cref="KeyIndex"/>.</summary>
internal interface IKeyIndexer : IAsyncDisposable
{
    /// <summary>Entries written and not indexed yet.</summary>
    long Lag { get; }

    /// <summary>Keys that were found in two entries since the start: silos decided both at the same
    /// moment.</summary>
    int Clashes => 0;

    /// <summary>The keys of all entries up to here are known in this process or in the index.</summary>
    TailPosition Known { get; }

    /// <summary>Fills the recent keys from the tail above the checkpoint, before anything is asked.</summary>
    ValueTask RefillAsync(CancellationToken cancel);

    void Start();

    /// <summary>Indexes everything committed up to now.</summary>
    ValueTask FlushAsync(CancellationToken cancel);

    /// <summary>The index was lost and must be made anew.</summary>
    void Rebuild();
}
